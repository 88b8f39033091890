import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { flagOf, settingEntries, type Setting, type SettingKey, type SETTINGS } from './settings.ts'

type Read = { readonly [K in SettingKey]: z.output<(typeof SETTINGS)[K]['schema']> }

/** The settings of a process, validated. */
export interface Config extends Omit<Read, 'env' | 'host' | 'demo'> {
  readonly isProduction: boolean
  /** Empty when it was not said and there is no default. */
  readonly host: string
  readonly demo: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

/** Raised for settings that cannot be: one sentence for each, naming the flag and the variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** A value as it was given, without what nobody should read. */
const shown = (given: string | undefined, { secret }: Setting): string =>
  secret && !given?.includes('://') ? 'not shown' : (JSON.stringify(given)?.replace(/\/\/.*@/, '//…@') ?? '')

/** The value in the environment; a secret may also stand in the file that `…_FILE` names. */
const fromEnvironment = ({ env: name, secret }: Setting, env: Environment): string | undefined => {
  const file = secret && env[`${name}_FILE`]
  if (!file) return env[name]
  if (env[name]) throw new ConfigError(`${name} and ${name}_FILE are both set: keep one of them.`)
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ConfigError(`${name}_FILE cannot be read: ${reason}.`)
  }
}

/** Reads the settings of one command together with what only this command takes, such as `--email`. */
export const readCommand = <Own extends string = never>(
  args: readonly string[],
  own: readonly Own[] = [],
  env: Environment = process.env,
): { readonly config: Config; readonly own: Readonly<Record<Own, string | undefined>> } => {
  const flags = parseFlags(args, own)
  const mistakes: string[] = []
  const read = ([key, setting]: readonly [SettingKey, Setting]): unknown => {
    try {
      const given = flags[flagOf(key, setting)] ?? fromEnvironment(setting, env)
      const parsed = setting.schema.safeParse(given === '' ? undefined : given)
      if (parsed.success) return parsed.data
      const reason = parsed.error.issues[0]?.message ?? 'not valid'
      throw new ConfigError(
        `--${flagOf(key, setting)} (${setting.env}) is ${shown(given, setting)}: ${reason}. ${setting.about}.`,
      )
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      mistakes.push(error.message)
      return undefined
    }
  }
  const settings = Object.fromEntries(settingEntries().map((entry) => [entry[0], read(entry)])) as Read
  if (mistakes.length > 0) throw new ConfigError(mistakes.join('\n'))
  const { env: given, host, demo, ...rest } = settings
  const isProduction = (given ?? env['NODE_ENV']) === 'production'
  return {
    config: {
      ...rest,
      isProduction,
      host: host ?? (isProduction ? '' : '127.0.0.1'),
      demo: demo ?? !isProduction,
    },
    own: Object.fromEntries(own.map((name) => [name, flags[name]])) as Record<Own, string | undefined>,
  }
}

/** Reads flags and environment; throws `ConfigError` with every mistake at once. This is all that reads `process.env`. */
export const readConfig = (
  args: readonly string[] = process.argv.slice(3),
  env: Environment = process.env,
): Config => readCommand(args, [], env).config

const parseFlags = (args: readonly string[], own: readonly string[]): Record<string, string | undefined> => {
  const names = [...settingEntries().map((entry) => flagOf(...entry)), ...own]
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message : String(error)}\n\n${settingsHelp()}`)
  }
}

/** The settings as text for `hilo help`. */
export const settingsHelp = (): string =>
  settingEntries()
    .map(
      ([key, setting]) => `  --${flagOf(key, setting).padEnd(16)} ${setting.env.padEnd(21)} ${setting.about}`,
    )
    .join('\n')
