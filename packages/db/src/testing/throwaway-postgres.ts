import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../embedded/start-embedded-postgres.ts'

/** A new folder for temporary files, open to the account that the server runs as when we are root. */
export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'hilo-'))
  await chmod(folder, 0o755)
  return folder
}

/** An empty server without fsync; `stop` also deletes what it held. */
export const startThrowawayPostgres = async (): Promise<{
  readonly url: string
  readonly stop: () => Promise<void>
}> => {
  const dataDir = await temporaryFolder()
  const server = await startEmbeddedPostgres({ dataDir, durable: false })
  return {
    url: server.url,
    stop: async () => {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
