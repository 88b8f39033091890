import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, type Run } from './run-hilo.ts'

const vite = (command: string, outDir: string, args: readonly string[], env = {}): Run =>
  run(
    process.execPath,
    ['node_modules/vite/bin/vite.js', command, 'examples/storefront', '--outDir', outDir, ...args],
    { env },
  )

/** Builds the example shop front for an API, and serves it as any web server would. */
export const serveStorefront = async (api: string): Promise<{ url: string; close: () => Promise<void> }> => {
  const outDir = await mkdtemp(join(tmpdir(), 'hilo-storefront-'))
  const built = vite('build', outDir, ['--emptyOutDir'], { VITE_API_URL: api })
  if ((await built.ended) !== 0) throw new Error(built.output())
  const server = vite('preview', outDir, ['--port', '0', '--host', '127.0.0.1'], { NO_COLOR: '1' })
  const [url] = await server.said(/http:\S+/)
  return {
    url,
    close: async () => {
      server.child.kill()
      await server.ended
      await rm(outDir, { recursive: true })
    },
  }
}
