import { newId, type Uuid } from '@hilo/kernel'
import { beforeAll, describe, expect, it } from 'vitest'
import type { SearchDocument } from '../document/search-document.ts'
import type { SearchAnswer, SearchEngine, SearchQuery } from '../engine.ts'
import { expandWords, queryWords } from '../query-words.ts'

const HERE = newId()
const THERE = newId()
const NOW = new Date('2026-03-02T10:00:00Z')
const HOUR = 3_600_000

const offer = (over: Partial<SearchDocument['offers'][number]> = {}) => ({
  channelId: HERE,
  from: null,
  until: null,
  amountMinor: 1_000,
  available: true,
  ...over,
})

interface Made extends Partial<Omit<SearchDocument, 'texts'>> {
  readonly name: string
  readonly description?: string
}

let made = 0

const documentOf = ({ name, description = '', ...rest }: Made): SearchDocument => ({
  productId: newId(),
  createdAt: new Date(NOW.getTime() - 1_000 * HOUR + HOUR * made++),
  codes: [],
  texts: { en: { name, keywords: '', description } },
  tags: [],
  numbers: {},
  offers: [offer()],
  ...rest,
})

const tag = (facet: string, value: string) => ({ facet, value, label: { en: value } })
const color = (value: string) => tag('attribute:color', value)
const big = tag('option:size', 'big')

const DOCUMENTS = {
  cafe: documentOf({ name: 'Café cup', tags: [color('red')], numbers: { height: [9] } }),
  pot: documentOf({
    name: 'Coffee pots',
    codes: ['POT 1/A'],
    tags: [color('red'), big],
    numbers: { height: [20] },
    offers: [offer({ amountMinor: 5_000, available: false })],
  }),
  tray: documentOf({
    name: 'Tray',
    description: 'For a coffee pot',
    tags: [color('blue'), big],
    offers: [offer({ amountMinor: null })],
  }),
  ended: documentOf({ name: 'Coffee of yesterday', offers: [offer({ until: NOW })] }),
  coming: documentOf({
    name: 'Coffee of tomorrow',
    offers: [offer({ from: new Date(NOW.getTime() + HOUR) })],
  }),
  elsewhere: documentOf({ name: 'Coffee abroad', offers: [offer({ channelId: THERE })] }),
}

type Name = keyof typeof DOCUMENTS

const NAMES = new Map<Uuid, string>(
  Object.entries(DOCUMENTS).map(([name, { productId }]) => [productId, name]),
)

/** What every engine does: call it in a test file of its own, with an engine that holds nothing yet. */
export const conformance = (what: string, make: () => Promise<SearchEngine>): void => {
  describe(`${what} as an engine`, () => {
    let engine: SearchEngine
    beforeAll(async () => {
      engine = await make()
      await engine.index(Object.values(DOCUMENTS))
      // Twice is once.
      await engine.index([DOCUMENTS.pot])
    })

    const search = (text: string, more: Partial<SearchQuery> = {}): Promise<SearchAnswer> =>
      engine.search({
        text,
        words: expandWords(queryWords(text), [{ key: ['mug'], means: [['cup']] }]),
        channelId: HERE,
        now: NOW,
        locale: 'en',
        filter: {},
        sort: { by: 'RELEVANCE' },
        after: undefined,
        limit: 10,
        facets: [],
        wantsTotal: false,
        ...more,
      })
    const named = (answer: SearchAnswer) => answer.hits.map(({ productId }) => NAMES.get(productId))
    const found = async (text: string, more?: Partial<SearchQuery>) => named(await search(text, more))

    it.each<readonly [string, string, readonly Name[]]>([
      ['a word without its accent', 'cafe', ['cafe']],
      ['a word with capitals', 'TRAY', ['tray']],
      [
        'names before descriptions, singular or plural, and only what is sold here now',
        'coffee pot',
        ['pot', 'tray'],
      ],
      ['a word begun', 'coff', ['pot', 'tray']],
      ['a word with a mistake', 'cofeee', ['pot', 'tray']],
      ['a synonym', 'mug', ['cafe']],
      ['a code', 'pot 1/a', ['pot']],
      ['nothing by a word that nobody says', 'bicycle', []],
      ['nothing by signs', '!&|', []],
      ['everything by nothing, the newest first', '', ['tray', 'pot', 'cafe']],
    ])('finds %s', async (_what, text, expected) => expect(await found(text)).toEqual(expected))

    it('filters, sorts and counts', async () => {
      const tags = [{ facet: 'attribute:color', values: ['red', 'green'] }]
      expect(await found('', { filter: { tags }, sort: { by: 'PRICE' } })).toEqual(['cafe', 'pot'])
      expect(await found('', { filter: { price: { most: 1_000 } } })).toEqual(['cafe'])
      expect(await found('', { filter: { available: false } })).toEqual(['pot'])
      expect(await found('', { filter: { ranges: [{ attribute: 'height', least: 9, most: 19 }] } })).toEqual([
        'cafe',
      ])
      expect(await found('', { sort: { by: 'NAME', descending: true } })).toEqual(['tray', 'pot', 'cafe'])
      expect(await found('', { sort: { by: 'PRICE', descending: true } })).toEqual(['pot', 'cafe', 'tray'])
      expect(await search('', { facets: ['attribute:color'], wantsTotal: true })).toMatchObject({
        total: 3,
        facets: [
          {
            facet: 'attribute:color',
            values: [
              { value: 'red', count: 2 },
              { value: 'blue', count: 1 },
            ],
          },
        ],
      })
    })

    it('counts a facet without its own filter, the others with it, and nothing of what nobody has', async () => {
      const counts = async (filter: SearchQuery['filter'], text = '') => {
        const facets = ['attribute:color', 'option:size']
        const answer = await search(text, { filter, facets })
        const told = answer.facets.map(({ values }) => values.map(({ value, count }) => `${value} ${count}`))
        return [named(answer).length, ...told]
      }
      const color = (...values: string[]) => ({ facet: 'attribute:color', values })
      const size = (...values: string[]) => ({ facet: 'option:size', values })
      expect(await counts({ tags: [color('red')] })).toEqual([2, ['red 2', 'blue 1'], ['big 1']])
      expect(await counts({ tags: [color('red')], available: true })).toEqual([1, ['blue 1', 'red 1'], []])
      expect(await counts({ tags: [color('red'), size('big')] })).toEqual([1, ['blue 1', 'red 1'], ['big 1']])
      expect(await counts({ tags: [color('green')] })).toEqual([0, ['red 2', 'blue 1'], []])
      expect(await counts({ tags: [color('green')] }, 'tray')).toEqual([0, ['blue 1'], []])
      expect(await counts({ tags: [color('red'), size('none')] })).toEqual([0, [], ['big 1']])
      expect(await counts({ tags: [color('green'), size('none')] })).toEqual([0, [], []])
    })

    it('goes on after what was seen', async () => {
      const first = await search('', { sort: { by: 'NAME' }, limit: 2 })
      const rest = await search('', { sort: { by: 'NAME' }, after: first.hits.at(-1)!.key })
      expect([...named(first), ...named(rest)]).toEqual(['cafe', 'pot', 'tray'])
    })

    it('completes and corrects words of what is sold here only', async () => {
      const view = { channelId: HERE, now: NOW, locale: 'en', limit: 5 }
      expect(await engine.suggest({ ...view, prefix: 'a tr' })).toEqual(['a tray'])
      expect(await engine.suggest({ ...view, prefix: 'abro' })).toEqual([])
      expect((await search('cofeee')).suggestion).toBe('coffee')
      expect(await search('coffee')).not.toHaveProperty('suggestion')
    })

    it('takes other offers, other documents, and takes them out', async () => {
      const { cafe, elsewhere } = DOCUMENTS
      await engine.offer([
        { productId: cafe.productId, offers: [offer({ amountMinor: 1, available: false })] },
      ])
      expect(await found('cafe', { filter: { price: { most: 1 }, available: false } })).toEqual(['cafe'])
      await engine.index([{ ...elsewhere, offers: [offer()] }])
      expect(await found('abroad')).toEqual(['elsewhere'])
      await engine.remove([elsewhere.productId, cafe.productId, newId()])
      expect([...(await found('abroad')), ...(await found('cafe'))]).toEqual([])
    })
  })
}
