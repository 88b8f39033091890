import { run } from './run-hilo.ts'

/** A Postgres of somebody else, which programs reach by `DATABASE_URL`. */
export const startPostgres = async (dataDir: string, ...port: string[]) => {
  const { child, said, ended } = run(process.execPath, ['e2e/external-postgres.ts', dataDir, ...port])
  const [url] = await said(/postgres:\S+/)
  return {
    url,
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}
