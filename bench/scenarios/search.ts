import { type Database, migrate, openDatabase } from '@hilo/db'
import { newId } from '@hilo/kernel'
import { findProducts, type SearchQuery } from '@hilo/search'
import { sql } from 'kysely'
import {
  atMost,
  type Facts,
  type Figures,
  type MeasureEnv,
  type MeasuredRung,
  type Scenario,
} from '../scenario.ts'
import { buildSearchShop, type SearchShop } from '../shop/build-search-shop.ts'

interface SearchFacts extends Facts, SearchShop {
  readonly url: string
  /** Words of names, those of most products first. */
  readonly words: readonly string[]
  /** A category with a hundredth of the products. */
  readonly categoryId: string
}

/** A shop of its own, of ten times as many products as the others are measured on. */
const setup = async (env: Omit<MeasureEnv, 'facts'>): Promise<SearchFacts> => {
  const name = `search_${newId().slice(-12)}`
  await env.database.pool.query(`create database ${name}`)
  const address = new URL(env.url)
  address.pathname = `/${name}`
  const database = openDatabase({ url: address.href, name: 'bench' })
  try {
    await migrate(database.kysely)
    const shop = await buildSearchShop(database, env.isQuick ? 300 : 100_000)
    const { rows: words } = await sql<{ word: string }>`
      select word from search_word where locale = 'en' and word !~ '\\d' and length(word) > 4
      order by documents desc, word`.execute(database.kysely)
    const { rows } = await sql<{ value: string }>`
      select value from search_tag where facet = 'category' order by value limit 1`.execute(database.kysely)
    return { url: address.href, ...shop, words: words.map(({ word }) => word), categoryId: rows[0]!.value }
  } finally {
    await database.close()
  }
}

/** What is asked: another one each time. */
type Ask = (facts: SearchFacts, n: number) => Partial<Omit<SearchQuery, 'words'>>

const wordAt = ({ words }: SearchFacts, n: number): string => words[n % words.length]!

const mistaken = (word: string): string => word.slice(0, 2) + word.slice(3)

/** Asks one after the other, and takes the time of each. */
const timed = (
  label: string,
  ask: (db: Database['kysely'], facts: SearchFacts, n: number) => Promise<unknown>,
): MeasuredRung => ({
  label,
  measure: async (env): Promise<Figures> => {
    const facts = env.facts as SearchFacts
    const database = openDatabase({ url: facts.url, name: 'bench', max: 1 })
    const times: number[] = []
    const rounds = env.isQuick ? 3 : 60
    try {
      for (let round = 0; round < rounds; round += 1) {
        const startedAt = performance.now()
        await ask(database.kysely, facts, round * 13)
        // The first ones open the connection and plan.
        if (round >= rounds / 4) times.push(performance.now() - startedAt)
      }
      times.sort((a, b) => a - b)
      const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!
      return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
    } finally {
      await database.close()
    }
  },
})

/** Any page of products with a word, in no order, by the same index. */
const bare = timed('21 products with a word, in no order', (db, facts, n) =>
  sql`select product_id from search_document
    where locale = 'en' and terms @@ ${wordAt(facts, 100 + n)}::tsquery limit 21`.execute(db),
)

const rung = (label: string, ask: Ask): MeasuredRung =>
  timed(label, (db, facts, n) =>
    findProducts(db, {
      text: '',
      channelId: facts.channelId,
      now: new Date(),
      locale: 'en',
      filter: {},
      sort: { by: 'RELEVANCE' },
      after: undefined,
      limit: 21,
      facets: [],
      wantsTotal: false,
      ...ask(facts, n),
    }),
  )

const rungs = {
  sku: rung('a SKU', (_facts, n) => ({ text: `made-${n * 7 + 1}` })),
  two: rung('two words', (facts, n) => ({ text: `${wordAt(facts, 50 + n)} ${wordAt(facts, 51 + n)}` })),
  one: rung('a word', (facts, n) => ({ text: wordAt(facts, 100 + n) })),
  begun: rung('a word begun', (facts, n) => ({ text: wordAt(facts, 100 + n).slice(0, 4) })),
  mistake: rung('a word with a mistake', (facts, n) => ({ text: mistaken(wordAt(facts, 100 + n)) })),
  common: rung('a word of half of all products', () => ({ text: 'standard' })),
  facets: rung('a word, with four facets', (facts, n) => ({
    text: wordAt(facts, 100 + n),
    facets: ['category', 'attribute:colour', 'price', 'available'],
  })),
  commonFacets: rung('a word of half of all products, with four facets', () => ({
    text: 'standard',
    facets: ['category', 'attribute:colour', 'price', 'available'],
  })),
  byPrice: rung('a word of half of all products, by price', () => ({
    text: 'standard',
    sort: { by: 'PRICE' },
  })),
  byName: rung('everything, by name', () => ({ sort: { by: 'NAME' } })),
  filtered: rung('a category and a colour that can be had, by price', (facts) => ({
    sort: { by: 'PRICE' },
    filter: {
      tags: [
        { facet: 'category', values: [facts.categoryId] },
        { facet: 'attribute:colour', values: ['red'] },
      ],
      available: true,
    },
  })),
  total: rung('a word of half of all products, counted', () => ({ text: 'standard', wantsTotal: true })),
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'search',
    title: 'Looking for products among 100,000, over one connection',
    figure: 'p95',
    setup,
    rungs: { bare, ...rungs },
    goals: (medians) =>
      Object.entries(rungs).map(([name, { label }]) =>
        atMost(`ms of the slowest in twenty: ${label}`, {
          value: medians[name]?.['p95'] ?? Infinity,
          limit: 50,
          ...(name === 'total' && {
            cause: 'an exact count looks at every product that fits: it is made when asked for',
          }),
        }),
      ),
  },
]
