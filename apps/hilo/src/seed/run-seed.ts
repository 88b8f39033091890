import type { FullExecutor } from '@hilo/db'
import { randomInt } from 'node:crypto'
import { readShop } from '@hilo/channels'
import { sql } from 'kysely'
import { readDemo } from '../../demo/data.ts'
import type { Config } from '../config.ts'
import { bringUpToDate } from '../commands/migrate.ts'
import { say, withDatabase } from '../commands/with-database.ts'
import { UserFacingError } from '../user-facing-error.ts'
import { readDemoAccess, saveDemoAccess, type DemoAccess } from './demo-access.ts'
import { seedDemo } from './seed-demo.ts'

interface SeedOptions {
  readonly db: FullExecutor
  readonly say: (line: string) => void
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password that is easy to type and hard to guess: 12 letters and digits without look-alikes, 59 bits. */
const newPassword = (): string =>
  Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]).join('')

/** Any number; two processes that seed at once take turns by it. */
const SEED_LOCK = 7_306_114

/**
 * Puts the demo shop into a database that has no shop yet, whole or not at all. Gives the sign-ins when the shop was
 * seeded from this data folder, now or earlier.
 */
export const seedWhenEmpty = async (
  config: Pick<Config, 'demo' | 'dataDir'>,
  { db, say }: SeedOptions,
): Promise<DemoAccess | undefined> => {
  if ((await readShop(db)) || !config.demo) return readDemoAccess(config.dataDir)
  const demo = await readDemo()
  const access = await db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(SEED_LOCK)})`.execute(transaction)
    if (await readShop(transaction)) return undefined
    say(`Seeding the demo shop ${demo.shop.shop.name}: ${demo.products.length} products …`)
    const made = await seedDemo(transaction, demo, { staff: newPassword(), customer: newPassword() })
    // Before the commit: a shop whose sign-ins nobody knows would be of no use.
    await saveDemoAccess(config.dataDir, made)
    return made
  })
  return access ?? readDemoAccess(config.dataDir)
}

/** `hilo seed`: puts the demo shop into an empty database. */
export const runSeed = async (config: Config): Promise<void> => {
  if (config.isProduction)
    throw new UserFacingError('The demo shop has no place in production: `hilo shop create` opens your own.')
  await withDatabase(config, async ({ kysely }) => {
    await bringUpToDate(kysely)
    const shop = await readShop(kysely)
    if (shop) say(`Nothing to do: this database holds the shop ${shop.name}.`)
    else await seedWhenEmpty({ ...config, demo: true }, { db: kysely, say })
  })
}
