import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Api } from '@hilo/api'
import { UserFacingError } from '../user-facing-error.ts'
import type { Handler } from './http.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const BUILT = new URL('../../../admin/build/handler.js', import.meta.url)

/** Builds the admin when its sources changed since the last build; turbo remembers by content. */
export const buildAdmin = async (say: (line: string) => void): Promise<void> => {
  if (!existsSync(BUILT)) say('Building the admin (once, about half a minute) …')
  const code = await new Promise<number | null>((resolve, reject) => {
    const build = spawn(
      'npx',
      ['turbo', 'run', 'build', '--filter=@hilo/admin', '--output-logs=errors-only'],
      {
        cwd: ROOT,
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    )
    build.on('error', reject)
    build.on('exit', resolve)
  })
  if (code !== 0) throw new UserFacingError('The admin could not be built: see the lines above.')
}

/** The admin as a handler for `/admin`; its server side reaches the API without a network between. */
export const loadAdmin = async (api: Api): Promise<Handler> => {
  const { handler, setApiFetch } = (await import(BUILT.href)) as {
    handler: Handler
    setApiFetch: (fetch: Api['fetch']) => void
  }
  setApiFetch(api.fetch)
  return handler
}
