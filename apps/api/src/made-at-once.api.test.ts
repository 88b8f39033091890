import { staffActor } from '@hilo/access/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import '@hilo/catalog/graphql'
import '@hilo/customers/graphql'
import '@hilo/orders/graphql'
import '@hilo/promotions/graphql'
import '@hilo/search/graphql'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu, actor: staffActor() })

const DRAFT = JSON.stringify({ v: 1, trigger: 'AUTOMATIC', effect: { kind: 'FREE_DELIVERY' } })
const WATCHED = JSON.stringify({ target: {}, channelIds: [], segmentIds: [], deviceKinds: [], hours: [0] })

/** Of each noun that has a limit: all but one that there can be, and how the next is asked for. */
const NOUNS = {
  segmentCreate: {
    refused: 'TOO_MANY_SEGMENTS',
    fill: sql`insert into segment (id, code, name, created_at)
      select gen_random_uuid(), 'filled-' || n, '{}', now() from generate_series(1, 999) as n`,
    input: (nth: number) => ({ code: `next-${nth}`, name: { en: 'Next' } }),
  },
  customerGroupCreate: {
    refused: 'TOO_MANY_CUSTOMER_GROUPS',
    fill: sql`insert into customer_group (id, code, name)
      select gen_random_uuid(), 'filled-' || n, '{}' from generate_series(1, 999) as n`,
    input: (nth: number) => ({ code: `next-${nth}`, name: { en: 'Next' } }),
  },
  collectionCreate: {
    refused: 'TOO_MANY',
    fill: sql`insert into collection (id, slug, name, created_at, updated_at)
      select gen_random_uuid(), 'filled-' || n, '{}', now(), now() from generate_series(1, 4999) as n`,
    input: (nth: number) => ({ slug: `next-${nth}`, name: { en: 'Next' } }),
  },
  searchSynonymCreate: {
    refused: 'TOO_MANY_SYNONYMS',
    fill: sql`insert into search_synonym (id, locale, kind, terms, keys, updated_at)
      select gen_random_uuid(), 'en', 'TWO_WAY', array['a' || n, 'b' || n], array['a' || n, 'b' || n], now()
      from generate_series(1, 4999) as n`,
    input: (nth: number) => ({ locale: 'en', kind: 'TWO_WAY', terms: [`one${nth}`, `other${nth}`] }),
  },
  promotionSimulate: {
    refused: 'SIMULATIONS_TOO_MANY',
    fill: sql`insert into promotion_simulation
        (id, definition, days, channel_ids, max_orders, since, until, created_at, actor)
      select gen_random_uuid(), ${DRAFT}, 1, array[${webEu.id}]::uuid[], 1, now(), now(), now(), 'system'
      from generate_series(1, 9)`,
    input: () => ({ definition: JSON.parse(DRAFT) as object, days: 1 }),
  },
  parityWatchCreate: {
    refused: 'PARITY_WATCH_LIMIT',
    fill: sql`insert into parity_watch (id, name, asked, channel_ids, due_at, created_at, updated_at)
      select gen_random_uuid(), 'Filled', ${WATCHED}, array[${webEu.id}]::uuid[], now(), now(), now()
      from generate_series(1, 99)`,
    input: () => ({ name: 'Next', variantIds: [] }),
  },
} as const

// Connections are open before: who has to open one first comes too late for the race.
await Promise.all(Object.keys(NOUNS).map(() => db.transaction().execute((tx) => sql`select 1`.execute(tx))))

test.each(Object.entries(NOUNS))(
  'of several who send %s at once for the last place there is, one gets it',
  async (name, { refused, fill, input }) => {
    await fill.execute(db)
    const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
    const source = `mutation ($input: ${title}!) { payload: ${name}(input: $input) { userErrors { code } } }`
    const answers = await Promise.all(
      [1, 2, 3, 4].map(async (nth) => {
        const { data, errors } = await ask<{ payload: { userErrors: { code: string }[] } }>(source, {
          ctx,
          variables: { input: input(nth) },
        })
        expect(errors).toBeUndefined()
        return data.payload.userErrors.map(({ code }) => code)
      }),
    )
    expect(answers.toSorted((a, b) => a.length - b.length)).toEqual([[], [refused], [refused], [refused]])
  },
)
