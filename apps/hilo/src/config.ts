import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)
const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1')

/**
 * Every setting: the environment variable, and for most a flag of the same meaning that wins over it. This is the only
 * place that reads `process.env`.
 */
const SETTINGS = {
  port: { env: 'PORT', schema: port.default(4000), about: 'HTTP port; 0 takes a free one' },
  mqttPort: { env: 'MQTT_PORT', schema: port.default(1883), about: 'MQTT port; 0 takes a free one' },
  host: {
    env: 'HOST',
    schema: z.string().min(1).default('127.0.0.1'),
    about: 'Address to listen on; 0.0.0.0 for all',
  },
  databaseUrl: {
    env: 'DATABASE_URL',
    schema: z.url({ protocol: /^postgres(ql)?$/, hostname: /.*/ }).optional(),
    about: 'An external Postgres 16 or newer; without it an embedded one is started',
  },
  dataDir: {
    env: 'HILO_DATA_DIR',
    schema: z.string().min(1).default('.hilo'),
    about: 'Where the embedded Postgres and the edge keep their data',
  },
  demo: { env: 'HILO_DEMO', schema: flag.default(true), about: 'Seed the demo shop into an empty database' },
  logLevel: {
    env: 'HILO_LOG_LEVEL',
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
    about: 'Which log lines are written to stderr, as JSON',
  },
  corsOrigin: {
    env: 'HILO_CORS_ORIGIN',
    schema: z.string().default('*'),
    about: 'Origins that browsers may call from, by comma; * for all. Cookies are never allowed across',
  },
} as const

type Settings = typeof SETTINGS

/** The settings of a process, validated. */
export type Config = { readonly [K in keyof Settings]: z.output<Settings[K]['schema']> }

const flagName = (key: string): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** A value as it was given, without the password that a URL may hold. */
const shown = (given: string | undefined): string => JSON.stringify(given)?.replace(/\/\/.*@/, '//…@') ?? ''

/** Raised for settings that cannot be: one sentence for each, naming the flag and the variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Reads flags and environment; throws `ConfigError` with every mistake at once. */
export const readConfig = (
  args: readonly string[] = process.argv.slice(3),
  env: Readonly<Record<string, string | undefined>> = process.env,
): Config => {
  const { values } = parseSettings(args)
  const mistakes: string[] = []
  const entries = Object.entries(SETTINGS).map(([key, setting]) => {
    const given = values[flagName(key)] ?? env[setting.env] ?? undefined
    const parsed = setting.schema.safeParse(given === '' ? undefined : given)
    if (!parsed.success) {
      const reason = parsed.error.issues[0]?.message ?? 'not valid'
      mistakes.push(`--${flagName(key)} (${setting.env}) is ${shown(given)}: ${reason}. ${setting.about}.`)
    }
    return [key, parsed.data]
  })
  if (mistakes.length > 0) throw new ConfigError(mistakes.join('\n'))
  const config = Object.fromEntries(entries) as Config
  return { ...config, dataDir: resolve(config.dataDir) }
}

const parseSettings = (args: readonly string[]) => {
  const options = Object.fromEntries(
    Object.keys(SETTINGS).map((key) => [flagName(key), { type: 'string' as const }]),
  )
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false })
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message : String(error)}\n\n${settingsHelp()}`)
  }
}

/** The settings as text for `hilo help`. */
export const settingsHelp = (): string =>
  Object.entries(SETTINGS)
    .map(([key, { env, about }]) => `  --${flagName(key).padEnd(14)} ${env.padEnd(18)} ${about}`)
    .join('\n')
