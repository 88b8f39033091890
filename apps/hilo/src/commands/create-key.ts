import { createApiKey } from '@hilo/access'
import type { Config } from '../config.ts'
import { EDGE_PERMISSIONS } from '../start/edge-key.ts'
import { systemContext } from '../system-context.ts'
import { granted } from './granted.ts'
import { say, withDatabase } from './with-database.ts'

/** What `hilo key create` takes. */
export const KEY_OPTIONS = ['name', 'permissions'] as const

type Options = Readonly<Record<(typeof KEY_OPTIONS)[number], string | undefined>>

/** `hilo key create`: makes an API key and prints it, this once and alone, so that it can go into a file. */
export const createKey = (config: Config, options: Options): Promise<void> =>
  withDatabase(config, async ({ kysely }) => {
    const permissions = options.permissions?.split(',') ?? [...EDGE_PERMISSIONS]
    const { key } = granted(
      await createApiKey(await systemContext(kysely), { name: options.name ?? 'Edge', permissions }),
    )
    say(key)
  })
