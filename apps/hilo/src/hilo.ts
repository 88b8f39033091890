#!/usr/bin/env node
import { ConfigError, readConfig, settingsHelp } from './config.ts'
import { UserFacingError } from './user-facing-error.ts'

const COMMANDS = {
  start: async () => (await import('./start/start.ts')).start(readConfig()),
  migrate: async () => (await import('./migrate.ts')).runMigrations(readConfig()),
  seed: async () => (await import('./seed/run-seed.ts')).runSeed(readConfig()),
} as const

const HELP = `hilo start     start everything: database, API, admin, broker, worker
hilo migrate   bring the database's tables up to date
hilo seed      put the demo shop into an empty database

Settings (flag, environment variable, meaning):
${settingsHelp()}
`

const isCommand = (name: string): name is keyof typeof COMMANDS => Object.hasOwn(COMMANDS, name)
const asksForHelp = process.argv.slice(2).some((argument) => ['--help', '-h'].includes(argument))
const command = asksForHelp ? 'help' : (process.argv[2] ?? 'help')

try {
  if (isCommand(command)) await COMMANDS[command]()
  else if (command === 'help') process.stdout.write(HELP)
  else throw new UserFacingError(`There is no command ${command}.\n\n${HELP}`)
} catch (error) {
  const isExpected = error instanceof ConfigError || error instanceof UserFacingError
  process.stderr.write(
    `\n${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  )
  process.exit(1)
}
