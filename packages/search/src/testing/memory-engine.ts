import type { CursorKey } from '@hilo/kernel'
import type { DocumentTexts, SearchDocument, SearchOffer } from '../document/search-document.ts'
import {
  type FacetResult,
  type SearchEngine,
  type SearchFilter,
  type SearchQuery,
  withoutOwn,
} from '../engine.ts'
import { nearest } from '../nearest.ts'
import { fold, type QueryWord, wordsOf } from '../query-words.ts'

/** A document as it is seen from somewhere. */
interface Seen {
  readonly document: SearchDocument
  readonly texts: DocumentTexts
  readonly offer: SearchOffer
  readonly names: readonly string[]
  readonly words: readonly string[]
}

const isOnSale = ({ from, until }: SearchOffer, now: Date): boolean =>
  (from === null || from <= now) && (until === null || until > now)

/** Good enough a stem for plurals. */
const stem = (word: string): string => word.replace(/(?:es|s)$/, '')

const says = (words: readonly string[], word: string): boolean =>
  words.some((one) => stem(one) === stem(word) || (word.length >= 3 && one.startsWith(word)))

const saysAll = (words: readonly string[], form: readonly string[]): boolean =>
  form.every((word) => says(words, word))

const within = (
  value: number,
  { least = -Infinity, most = Infinity }: { least?: number | undefined; most?: number | undefined },
) => value >= least && value <= most

const fits = (
  { document, offer }: Seen,
  { tags = [], ranges = [], price = {}, available }: SearchFilter,
): boolean =>
  tags.every(({ facet, values }) =>
    document.tags.some((tag) => tag.facet === facet && values.includes(tag.value)),
  ) &&
  ranges.every((range) => (document.numbers[range.attribute] ?? []).some((value) => within(value, range))) &&
  (price.least === undefined && price.most === undefined
    ? true
    : offer.amountMinor !== null && within(offer.amountMinor, price)) &&
  (available === undefined || offer.available === available)

const hasCode = ({ document }: Seen, text: string): boolean =>
  document.codes.some((code) => fold(code) === fold(text))

/** A word with all that it is found by. */
interface Understood {
  readonly word: string
  readonly forms: readonly (readonly string[])[]
}

const score = (seen: Seen, text: string, words: readonly Understood[]): number =>
  (hasCode(seen, text) ? 1_000 : 0) +
  (seen.names.join(' ') === words.map(({ word }) => word).join(' ') ? 100 : 0) +
  words.filter(({ forms }) => forms.some((form) => saysAll(seen.names, form))).length

const keyOf = (seen: Seen, { sort, text }: SearchQuery, words: readonly Understood[]): number | string => {
  const { document, offer, texts } = seen
  switch (sort.by === 'RELEVANCE' && text.trim() === '' ? 'NEWEST' : sort.by) {
    case 'RELEVANCE':
      return score(seen, text, words)
    case 'NEWEST':
      return document.createdAt.getTime()
    case 'NAME':
      return fold(texts.name)
    case 'PRICE':
      return offer.amountMinor ?? (sort.descending ? -Infinity : Infinity)
    case 'AVAILABILITY':
      return Number(offer.available)
    case 'ATTRIBUTE': {
      const values = document.numbers[sort.attribute ?? ''] ?? []
      return sort.descending ? Math.max(...values) : Math.min(...values)
    }
  }
}

const countFacets = (fitting: readonly Seen[], { facets, filter }: SearchQuery): FacetResult[] =>
  facets.map((facet) => {
    const others = withoutOwn(filter, facet) ?? filter
    const found = fitting.filter((one) => fits(one, others))
    const tags = found.flatMap(({ document }) => document.tags.filter((tag) => tag.facet === facet))
    const values = [...Map.groupBy(tags, ({ value }) => value)]
      .map(([value, own]) => ({ value, label: own[0]!.label, count: own.length }))
      .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    return { facet, values }
  })

/** An engine of a hundred lines without any cleverness: what the interface means, for tests of what follows it. */
export const memorySearch = (): SearchEngine => {
  const documents = new Map<string, SearchDocument>()

  const seen = ({ channelId, now, locale }: Pick<SearchQuery, 'channelId' | 'now' | 'locale'>): Seen[] =>
    [...documents.values()].flatMap((document) => {
      const offer = document.offers.find((one) => one.channelId === channelId && isOnSale(one, now))
      const texts = document.texts[locale]
      if (!offer || !texts) return []
      const names = wordsOf(texts.name)
      const words = [
        ...names,
        ...wordsOf(`${texts.keywords} ${texts.description}`),
        ...document.codes.flatMap(wordsOf),
      ]
      return [{ document, texts, offer, names, words }]
    })

  const understand = (all: readonly Seen[], { word, alternatives }: QueryWord) => {
    const forms = [word.split(' '), ...alternatives]
    const known = all.some(({ words }) => forms.some((form) => saysAll(words, form)))
    const candidates = known ? [] : [...new Set(all.flatMap(({ words }) => words))]
    const corrections = nearest(word, candidates)
    return { word, corrections, forms: [...forms, ...corrections.map((one) => [one])] }
  }

  return {
    index: async (given) => {
      for (const document of given) documents.set(document.productId, document)
    },
    offer: async (given) => {
      for (const { productId, offers } of given) {
        const document = documents.get(productId)
        if (document) documents.set(productId, { ...document, offers })
      }
    },
    remove: async (ids) => {
      for (const id of ids) documents.delete(id)
    },
    search: async (query) => {
      const all = seen(query)
      const words = query.words.map((word) => understand(all, word))
      const asks = query.text.trim() !== ''
      const fitsText = (one: Seen): boolean =>
        !asks ||
        hasCode(one, query.text) ||
        (words.length > 0 && words.every(({ forms }) => forms.some((form) => saysAll(one.words, form))))
      const fitting = all.filter(fitsText)
      const found = fitting.filter((one) => fits(one, query.filter))
      const descends =
        query.sort.descending ?? ['RELEVANCE', 'NEWEST', 'AVAILABILITY'].includes(query.sort.by)
      const sorted = found
        .map((one) => ({ key: keyOf(one, query, words), id: one.document.productId }))
        .toSorted(
          (a, b) => (a.key < b.key || (a.key === b.key && a.id < b.id) ? -1 : 1) * (descends ? -1 : 1),
        )
      const from = query.after ? sorted.findIndex(({ id }) => id === query.after![1]) + 1 : 0
      const corrected = words.some(({ corrections }) => corrections.length > 0)
      return {
        hits: sorted
          .slice(from, from + query.limit)
          .map(({ key, id }) => ({ productId: id, key: [String(key), id] satisfies CursorKey })),
        facets: countFacets(fitting, query),
        complete: true,
        ...(query.wantsTotal && { total: found.length }),
        ...(corrected && {
          suggestion: words.map(({ word, corrections }) => corrections[0] ?? word).join(' '),
        }),
      }
    },
    suggest: async ({ prefix, limit, ...view }) => {
      const last = wordsOf(prefix).at(-1) ?? ''
      const counts = Map.groupBy(
        seen(view).flatMap(({ words }) => [...new Set(words)]),
        (word) => word,
      )
      return [...counts]
        .filter(([word]) => last !== '' && word.startsWith(last))
        .toSorted((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
        .slice(0, limit)
        .map(([word]) => [...wordsOf(prefix).slice(0, -1), word].join(' '))
    },
  }
}
