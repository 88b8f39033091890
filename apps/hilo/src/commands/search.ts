import { systemClock } from '@hilo/kernel'
import { feedDocuments, feedLine, rebuildSearch, searchStatus } from '@hilo/search'
import type { Config } from '../config.ts'
import { say, withDatabase } from './with-database.ts'

/** `hilo search rebuild`: makes every document of the search anew, beside a shop that is open too. */
export const rebuild = (config: Config): Promise<void> =>
  withDatabase(config, async ({ kysely }) => {
    await rebuildSearch(kysely, systemClock, (left) => say(`${left} left`))
    const { products } = await searchStatus(kysely, systemClock())
    say(`${products} products can be found.`)
  })

/** `hilo search feed`: a line of JSON for each product that can be found. */
export const feed = (config: Config): Promise<void> =>
  withDatabase(config, async ({ kysely }) => {
    for await (const document of feedDocuments(kysely, systemClock)) say(feedLine(document))
  })
