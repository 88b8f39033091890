import type { CursorKey, Uuid } from '@hilo/kernel'
import type { SearchDocument, SearchOffer } from './document/search-document.ts'
import type { QueryWord } from './query-words.ts'

/** What can look products up: Postgres here, or another system that follows the same documents. See `testing/conformance.ts`. */
export interface SearchEngine {
  /** Puts documents in, or in the place of those that are there. Twice is once. */
  readonly index: (documents: readonly SearchDocument[]) => Promise<void>
  /** Other prices, publications and availability of documents that are there; of others nothing. */
  readonly offer: (offers: readonly ProductOffers[]) => Promise<void>
  /** Takes documents out; those that are not there are nothing. */
  readonly remove: (productIds: readonly Uuid[]) => Promise<void>
  readonly search: (query: SearchQuery) => Promise<SearchAnswer>
  /** Words that begin so, those of most products first. */
  readonly suggest: (question: SuggestQuestion) => Promise<readonly string[]>
}

/** The offers of a product, in all channels. */
export interface ProductOffers {
  readonly productId: Uuid
  readonly offers: readonly SearchOffer[]
}

/** From where and in which language is looked. */
export interface SearchView {
  readonly channelId: Uuid
  readonly now: Date
  /** A language of the shop. */
  readonly locale: string
}

/** What is looked for. */
export interface SearchQuery extends SearchView {
  /** As typed, without what no database can hold; `''` for everything. */
  readonly text: string
  /** The words of the text, each of which must be found, itself or what stands for it. */
  readonly words: readonly QueryWord[]
  readonly filter: SearchFilter
  readonly sort: SearchSort
  readonly after: CursorKey | undefined
  readonly limit: number
  /** Facets to count, each in what `withoutOwn` leaves of the filter: `category`, `collection`, `productType`, `price`, `available`, `attribute:<code>`, `option:<code>`. */
  readonly facets: readonly string[]
  readonly wantsTotal: boolean
}

/** Which products: everything stated must hold. */
export interface SearchFilter {
  /** In each facet one of the values. */
  readonly tags?: readonly { readonly facet: string; readonly values: readonly string[] }[]
  readonly ranges?: readonly NumberRange[]
  /** Of the cheapest variant, in minor units of the channel's currency. */
  readonly price?: { readonly least?: number | undefined; readonly most?: number | undefined }
  readonly available?: boolean
}

/** Facets that are filtered by one value after another: each is counted as if it were not filtered by itself. */
const CHOSEN_AMONG = /^(?:attribute|option|productType|price|available)\b/

/** The filter in which a facet is counted: without its own part; `undefined` when it has none. Places are looked in, and stay. */
export const withoutOwn = (filter: SearchFilter, facet: string): SearchFilter | undefined => {
  if (!CHOSEN_AMONG.test(facet)) return undefined
  const { price, available, ...rest } = filter
  const others: SearchFilter = {
    ...rest,
    tags: filter.tags?.filter((tag) => tag.facet !== facet) ?? [],
    ranges: filter.ranges?.filter(({ attribute }) => `attribute:${attribute}` !== facet) ?? [],
    ...(price && facet !== 'price' && { price }),
    ...(available !== undefined && facet !== 'available' && { available }),
  }
  const isOwn =
    others.tags?.length !== (filter.tags?.length ?? 0) ||
    others.ranges?.length !== (filter.ranges?.length ?? 0) ||
    (facet === 'price' && (price?.least ?? price?.most) !== undefined) ||
    (facet === 'available' && available !== undefined)
  return isOwn ? others : undefined
}

/** A number attribute between bounds, both of which count. */
export interface NumberRange {
  readonly attribute: string
  readonly least?: number | undefined
  readonly most?: number | undefined
}

/** What results can be sorted by beside a number attribute. */
export const SEARCH_SORTS = ['RELEVANCE', 'NEWEST', 'NAME', 'PRICE', 'AVAILABILITY', 'ATTRIBUTE'] as const

/** How results are sorted. Without a text `RELEVANCE` is `NEWEST`. */
export interface SearchSort {
  readonly by: (typeof SEARCH_SORTS)[number]
  /** Relevance, newness and availability begin with the most when not said, the others with the least. */
  readonly descending?: boolean | undefined
  /** The code of a number or date attribute, for `ATTRIBUTE`. What has none comes last. */
  readonly attribute?: string | undefined
}

/** A product that was found, with its place in the results. */
export interface SearchHit {
  readonly productId: Uuid
  /** Two values. */
  readonly key: CursorKey
}

/** How many of the results have a value. */
export interface FacetCount {
  readonly value: string
  readonly label: Readonly<Record<string, string>>
  readonly count: number
  /** Of a range of prices: minor units, both of which count. */
  readonly least?: number
  readonly most?: number
}

/** The counts of one facet, the most frequent values first; of numbers and prices the bounds. */
export interface FacetResult {
  readonly facet: string
  readonly values: readonly FacetCount[]
  readonly least?: number
  readonly most?: number
}

/** What was found. */
export interface SearchAnswer {
  readonly hits: readonly SearchHit[]
  /** Present when it was asked for. */
  readonly total?: number
  readonly facets: readonly FacetResult[]
  /** False: so many fit that facets were counted in some of them, and relevance told apart only some. */
  readonly complete: boolean
  /** What was probably meant, when words were not known; the hits are of it then. */
  readonly suggestion?: string
}

/** A word to complete. */
export interface SuggestQuestion extends SearchView {
  readonly prefix: string
  readonly limit: number
}
