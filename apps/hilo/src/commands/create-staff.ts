import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { builtInRole, createStaff } from '@hilo/access'
import type { Config } from '../config.ts'
import { systemContext } from '../system-context.ts'
import { UserFacingError } from '../user-facing-error.ts'
import { granted } from './granted.ts'
import { say, withDatabase } from './with-database.ts'

/** What `hilo staff create` takes. */
export const STAFF_OPTIONS = ['email', 'name', 'password-file'] as const

type Options = Readonly<Record<(typeof STAFF_OPTIONS)[number], string | undefined>>

/** Asks at the terminal without showing what is typed. */
const ask = async (question: string): Promise<string> => {
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await terminal.question('')
  } finally {
    terminal.close()
    process.stderr.write('\n')
  }
}

/** From the file named, from a person at the terminal, or all of standard input. Never a flag: other users see those. */
const readPassword = async (file: string | undefined): Promise<string> => {
  if (file) return (await readFile(file, 'utf8')).trim()
  if (process.stdin.isTTY) return ask('Password: ')
  return (await text(process.stdin)).trim()
}

/** `hilo staff create`: makes an administrator, the first of a shop or one more. */
export const createAdministrator = async (config: Config, options: Options): Promise<void> => {
  const { email, name } = options
  if (!email) throw new UserFacingError('Say for whom: hilo staff create --email ana@example.com')
  const password = await readPassword(options['password-file'])
  await withDatabase(config, async ({ kysely }) => {
    const grants = [{ roleId: await builtInRole(kysely, 'administrator') }]
    const ctx = await systemContext(kysely)
    granted(await createStaff(ctx, { email, name: name ?? email.split('@')[0]!, password, grants }))
    say(`${email} may sign in and do everything.`)
  })
}
