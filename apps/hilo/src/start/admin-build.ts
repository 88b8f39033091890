import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { isFresh } from '@hilo/admin/mount'
import { UserFacingError } from '../user-facing-error.ts'

const FOLDER = fileURLToPath(new URL('../../../admin/', import.meta.url))

/** Builds the admin when it was never built, or its sources changed since; ends the build when the signal aborts. */
export const buildAdmin = async (say: (line: string) => void, signal: AbortSignal): Promise<void> => {
  if (isFresh()) return
  say('Building the admin (once, about half a minute) …')
  const code = await new Promise<number | null>((resolve, reject) => {
    // A group of its own, so that the build ends with all that it started.
    const build = spawn('npm', ['run', 'build', '--silent'], {
      cwd: FOLDER,
      stdio: ['ignore', 'ignore', 'inherit'],
      detached: true,
    })
    const end = (): void => void (build.pid && process.kill(-build.pid, 'SIGTERM'))
    signal.addEventListener('abort', end, { once: true })
    build.on('error', reject)
    build.on('exit', (exitCode) => {
      signal.removeEventListener('abort', end)
      resolve(exitCode)
    })
  })
  signal.throwIfAborted()
  if (code !== 0) throw new UserFacingError('The admin could not be built: see the lines above.')
}
