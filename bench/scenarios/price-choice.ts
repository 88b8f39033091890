import { allChannels } from '@hilo/channels'
import { insertCustomerGroups } from '@hilo/customers'
import { migrate, openDatabase } from '@hilo/db'
import { newId, type Uuid } from '@hilo/kernel'
import { insertPriceLists, priceCandidates, type PriceQuestion, toCandidates } from '@hilo/prices'
import { choosePrice } from '@hilo/pricing'
import { sql } from 'kysely'
import { benchContext } from '../run/write-bench.ts'
import {
  atMost,
  type Facts,
  type Figures,
  type MeasureEnv,
  type MeasuredRung,
  type Scenario,
} from '../scenario.ts'
import { buildShop } from '../shop/build-shop.ts'

const CONNECTIONS = 10
const ASKED = 20

interface Whom {
  readonly marketId: Uuid
  readonly channelId: Uuid
  readonly otherChannelId: Uuid
  readonly groupId: Uuid
  readonly otherGroupId: Uuid
}

interface PriceFacts extends Facts, Whom {
  readonly url: string
  readonly variantIds: readonly Uuid[]
}

const databaseAt = (url: string, name: string): string => {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}

/** A list in ten derives from the one before it; of the rest a fifth each is for everyone, a market, a channel, a country, a group. */
const listAt = (
  index: number,
  ids: readonly Uuid[],
  { marketId, channelId, otherChannelId, groupId, otherGroupId }: Whom,
) => {
  const audience = [
    {},
    { marketIds: [marketId] },
    // Most channels, countries and groups are others than the one that asks.
    { channelIds: index % 25 === 2 ? [channelId] : [otherChannelId] },
    { countries: index % 25 === 3 ? ['ES'] : ['FR', 'PT'] },
    { customerGroupIds: index % 25 === 4 ? [groupId] : [otherGroupId] },
  ][index % 5]!
  const derives = index % 10 === 9
  return {
    id: ids[index]!,
    code: `bench-${index}`,
    name: { en: `Bench ${index}` },
    kind: (['BASE', 'SALE', 'CONTRACT'] as const)[index % 3]!,
    currency: 'CHF',
    derivation: derives
      ? {
          baseId: ids[index - 1]!,
          adjustmentPpm: -100_000,
          rounding: 'ENDS_99' as const,
          direction: 'NEAREST' as const,
        }
      : null,
    ...audience,
  }
}

/** A shop of its own, so that no other scenario looks at these lists: every variant has a hundred prices. */
const setup = async (env: Omit<MeasureEnv, 'facts'>): Promise<PriceFacts> => {
  const name = `prices_${newId().slice(-12)}`
  await env.database.pool.query(`create database ${name}`)
  const url = databaseAt(env.url, name)
  const database = openDatabase({ url, name: 'bench' })
  try {
    await migrate(database.kysely)
    await buildShop(database, env.isQuick ? 5 : 250)
    const ctx = await benchContext({ database })
    const channels = await allChannels(database.kysely)
    const groups = await insertCustomerGroups(ctx, [
      { code: 'asked', name: { en: 'Asked' } },
      { code: 'other', name: { en: 'Other' } },
    ])
    const facts: Whom = {
      marketId: ctx.channel.market.id,
      channelId: ctx.channel.id,
      otherChannelId: channels.find(({ id }) => id !== ctx.channel.id)!.id,
      groupId: groups.get('asked')!,
      otherGroupId: groups.get('other')!,
    }
    const lists = env.isQuick ? 20 : 500
    const ids = Array.from({ length: lists }, newId)
    await database.kysely.transaction().execute((db) =>
      insertPriceLists(
        { ...ctx, db },
        ids.map((_, index) => listAt(index, ids, facts)),
      ),
    )
    await sql`
      insert into price (id, price_list_id, variant_id, currency, amount_minor, rank)
      select gen_random_uuid(), list.id, variant.id, 'CHF', 1000 + (list.n * 37 + variant.n * 11) % 9000, 0
      from (select id, row_number() over (order by id) as n from variant) as variant
      join (select id, row_number() over (order by code) as n from price_list where currency = 'CHF') as list
        on list.n % 5 = variant.n % 5`.execute(database.kysely)
    await database.pool.query('vacuum analyze')
    const variants = await database.kysely
      .selectFrom('variant')
      .select('id')
      .orderBy('sku')
      .limit(ASKED * 50)
      .execute()
    return { url, ...facts, variantIds: variants.map(({ id }) => id) }
  } finally {
    await database.close()
  }
}

/** Asks again and again over ten connections, for other variants each time. */
const load = async (
  env: MeasureEnv,
  ask: (
    variantIds: readonly Uuid[],
    question: PriceQuestion,
    database: MeasureEnv['database'],
  ) => Promise<unknown>,
): Promise<Figures> => {
  const facts = env.facts as PriceFacts
  const database = openDatabase({ url: facts.url, name: 'bench', max: CONNECTIONS })
  const question = {
    currency: 'CHF',
    now: new Date(),
    channelId: facts.channelId,
    marketId: facts.marketId,
    country: 'ES',
    customerGroupIds: [facts.groupId],
  }
  const times: number[] = []
  const rounds = env.isQuick ? 2 : 60
  const client = async (number: number): Promise<void> => {
    for (let round = 0; round < rounds; round += 1) {
      const from = ((number * rounds + round) * 7) % facts.variantIds.length
      const wanted = Array.from(
        { length: ASKED },
        (_, index) => facts.variantIds[(from + index * 13) % facts.variantIds.length]!,
      )
      const startedAt = performance.now()
      await ask([...new Set(wanted)], question, database)
      // The first ones open connections and plan.
      if (round >= rounds / 4) times.push(performance.now() - startedAt)
    }
  }
  try {
    const startedAt = performance.now()
    await Promise.all(Array.from({ length: CONNECTIONS }, (_, number) => client(number)))
    const seconds = (performance.now() - startedAt) / 1_000
    times.sort((a, b) => a - b)
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!
    return { p50: at(0.5), p95: at(0.95), p99: at(0.99), perSecond: (rounds * CONNECTIONS) / seconds }
  } finally {
    await database.close()
  }
}

const bare: MeasuredRung = {
  label: 'the rows of these variants by the index alone',
  measure: (env) =>
    load(env, (variantIds, { currency }, { kysely }) =>
      sql`select id, price_list_id, amount_minor from price
        where variant_id = any(${variantIds}::uuid[]) and currency = ${currency}`.execute(kysely),
    ),
}

const statement: MeasuredRung = {
  label: 'the statement: audience, time and derivation',
  measure: (env) =>
    load(env, (variantIds, question, { kysely }) => priceCandidates(variantIds, question).execute(kysely)),
}

const ours: MeasuredRung = {
  label: 'ours: the statement, the derived prices, and the choice',
  measure: (env) =>
    load(env, async (variantIds, question, { kysely }) => {
      const { rows } = await priceCandidates(variantIds, question).execute(kysely)
      const candidates = Map.groupBy(toCandidates(rows), ({ variantId }) => variantId)
      const request = { ...question, now: question.now.toISOString(), quantity: 1 }
      return variantIds.map((id) => choosePrice(candidates.get(id) ?? [], request))
    }),
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'price-choice',
    title: 'The prices of 20 variants out of 500 lists and 100,000 rows, over 10 connections',
    figure: 'p95',
    setup,
    rungs: { bare, statement, ours },
    goals: (medians) => [
      atMost('requests/s of the rows by the index alone, of those of ours', {
        value: (medians['bare']?.['perSecond'] ?? Infinity) / (medians['ours']?.['perSecond'] ?? 1),
        limit: 1.5,
      }),
      atMost('ms of the slowest in twenty, in one statement', {
        value: medians['ours']?.['p95'],
        limit: 25,
        cause:
          'each takes about 4 ms of CPU, and ten at once share the cores with the database that answers them',
      }),
    ],
  },
]
