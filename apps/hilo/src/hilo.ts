#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { ConfigError, readCommand, readConfig, settingsHelp } from './config.ts'
import { endProcess } from './end-process.ts'
import { UserFacingError } from './user-facing-error.ts'

/** What stands behind `hilo` and the command: its flags. */
type Run = (args: readonly string[]) => Promise<void>

const COMMANDS: Readonly<Record<string, Run>> = {
  start: async (args) => (await import('./start/start.ts')).start(readConfig(args)),
  migrate: async (args) => (await import('./commands/migrate.ts')).runMigrations(readConfig(args)),
  seed: async (args) => (await import('./seed/run-seed.ts')).runSeed(readConfig(args)),
  health: async (args) => (await import('./commands/health.ts')).checkHealth(readConfig(args)),
  backup: async (args) => {
    const { backUp, BACKUP_OPTIONS } = await import('./commands/backup.ts')
    const { config, own } = readCommand(args, BACKUP_OPTIONS)
    await backUp(config, own)
  },
  restore: async (args) => {
    const { restore, RESTORE_OPTIONS } = await import('./commands/backup.ts')
    const { config, own } = readCommand(args, RESTORE_OPTIONS)
    await restore(config, own)
  },
  'search rebuild': async (args) => (await import('./commands/search.ts')).rebuild(readConfig(args)),
  'search feed': async (args) => (await import('./commands/search.ts')).feed(readConfig(args)),
  import: async ([file = '', ...args]) => {
    const { importFile, IMPORT_OPTIONS } = await import('./commands/import-export.ts')
    const { config, own } = readCommand(args, IMPORT_OPTIONS)
    await importFile(config, file, own)
  },
  export: async ([kind = '', ...args]) => {
    const { exportKind, EXPORT_OPTIONS } = await import('./commands/import-export.ts')
    const { config, own } = readCommand(args, EXPORT_OPTIONS)
    await exportKind(config, kind, own)
  },
  'shop create': async (args) => {
    const { createShop, SHOP_OPTIONS } = await import('./commands/create-shop.ts')
    const { config, own } = readCommand(args, SHOP_OPTIONS)
    await createShop(config, own)
  },
  'staff create': async (args) => {
    const { createAdministrator, STAFF_OPTIONS } = await import('./commands/create-staff.ts')
    const { config, own } = readCommand(args, STAFF_OPTIONS)
    await createAdministrator(config, own)
  },
  'key create': async (args) => {
    const { createKey, KEY_OPTIONS } = await import('./commands/create-key.ts')
    const { config, own } = readCommand(args, KEY_OPTIONS)
    await createKey(config, own)
  },
}

const HELP = `hilo start     start everything, or what --role names: API, worker, edge, admin
hilo migrate   bring the database's tables up to date
hilo seed      put the demo shop into an empty database
hilo health    ask the process on this host and port whether it is ready

hilo backup --to FILE
               write the database, as it is at one moment, the edge's store and the files of the data
               folder into one file
hilo restore --from FILE [--only database|edge] [--replace true]
               fill an empty database, the edge's folder and those of files from a backup

hilo search rebuild
               make everything that is searched anew
hilo search feed
               write what is searched as lines of JSON, for an engine elsewhere

hilo import FILE [--kind products|prices|stock|customers|promotions] [--mode upsert|create|update] [--dry-run true]
            [--report REFUSED.csv] [--price-list CODE] [--location CODE] …
               bring in a file of CSV or JSONL; Shopify's too
hilo export KIND [--format csv|jsonl] [--to FILE]
               take them out again

hilo shop create --code CODE --name NAME --currency EUR --country ES --tax-percent 21 [--locale es]
               open a shop of your own in an empty database
hilo staff create --email EMAIL [--name NAME] [--password-file FILE]
               make an administrator; the password is asked for, or read from standard input
hilo key create [--name Edge] [--permissions edge,devices:read]
               make an API key and print it, once

Settings (flag, environment variable, meaning):
${settingsHelp()}
`

// A second start takes half the time. Where the folder cannot be written, Node goes on without.
enableCompileCache(join(import.meta.dirname, '../../../node_modules/.cache/hilo'))

const words = process.argv.slice(2)
const asksForHelp = words.length === 0 || words.some((word) => ['help', '--help', '-h'].includes(word))
const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find((each) => Object.hasOwn(COMMANDS, each))

try {
  if (asksForHelp) process.stdout.write(HELP)
  else if (name) await COMMANDS[name]!(words.slice(name.split(' ').length))
  else throw new UserFacingError(`There is no command ${words[0]}.\n\n${HELP}`)
} catch (error) {
  const isExpected = error instanceof ConfigError || error instanceof UserFacingError
  process.stderr.write(
    `\n${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  )
  endProcess(1)
}
