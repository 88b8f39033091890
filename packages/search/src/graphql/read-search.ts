import { readId } from '@hilo/graphql'
import { ok, type Result, storable } from '@hilo/kernel'
import type { SearchFilter } from '../engine.ts'
import { SEARCH } from '../errors.ts'
import { MAX_QUERY } from '../query-words.ts'

/** A condition on an attribute, as it is entered. */
interface AttributeEntered {
  readonly code: string
  readonly in?: readonly string[] | null
  readonly is?: boolean | null
  readonly atLeast?: number | null
  readonly atMost?: number | null
  readonly from?: string | null
  readonly until?: string | null
}

/** The filter of a search, as it is entered. */
export interface WhereEntered {
  readonly category?: string | null
  readonly collection?: string | null
  readonly productType?: string | null
  readonly attributes?: readonly AttributeEntered[] | null
  readonly options?: readonly { readonly code: string; readonly in: readonly string[] }[] | null
  readonly priceAtLeast?: number | null
  readonly priceAtMost?: number | null
  readonly available?: boolean | null
}

/** Conditions on attributes and options, and values of each, at most. */
export const MAX_CONDITIONS = 50

/** Facets of one search, at most. */
export const MAX_FACETS = 30

const KNOWN_FACET = /^(?:category|collection|productType|price|available|(?:attribute|option):.{1,100})$/su

const DAY_MS = 86_400_000

const dayOf = (date: string): number => Math.floor(Date.parse(date) / DAY_MS)

const present = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined

type Tags = NonNullable<SearchFilter['tags']>

const attributeTags = ({ code, in: among, is }: AttributeEntered): Tags => [
  ...(present(among)
    ? [{ facet: `attribute:${storable(code)}`, values: among.map((value) => storable(value)) }]
    : []),
  ...(present(is) ? [{ facet: `attribute:${storable(code)}`, values: [String(is)] }] : []),
]

const attributeRanges = ({ code, atLeast, atMost, from, until }: AttributeEntered) => {
  const least = atLeast ?? (present(from) ? dayOf(from) : undefined)
  const most = atMost ?? (present(until) ? dayOf(until) : undefined)
  return least === undefined && most === undefined ? [] : [{ attribute: storable(code), least, most }]
}

const isTooLarge = ({ attributes, options }: WhereEntered): boolean => {
  const lists = [...(attributes ?? []), ...(options ?? [])]
  return lists.length > MAX_CONDITIONS || lists.some((list) => (list.in?.length ?? 0) > MAX_CONDITIONS)
}

/** The filter out of an input; refuses ids that are none, and more conditions than are looked at. */
export const readFilter = (where: WhereEntered): Result<SearchFilter> => {
  if (isTooLarge(where)) return SEARCH.refuse('SEARCH_FILTER_TOO_LARGE', { max: MAX_CONDITIONS }, ['where'])
  const category = where.category ? readId('category', where.category, ['where', 'category']) : ok(undefined)
  if (!category.ok) return category
  const collection = where.collection
    ? readId('collection', where.collection, ['where', 'collection'])
    : ok(undefined)
  if (!collection.ok) return collection
  const tags: Tags = [
    ...(category.value ? [{ facet: 'category', values: [category.value] }] : []),
    ...(collection.value ? [{ facet: 'collection', values: [collection.value] }] : []),
    ...(present(where.productType) ? [{ facet: 'productType', values: [storable(where.productType)] }] : []),
    ...(where.attributes ?? []).flatMap(attributeTags),
    ...(where.options ?? []).map((option) => ({
      facet: `option:${storable(option.code)}`,
      values: option.in.map((value) => storable(value)),
    })),
  ]
  return ok({
    tags,
    ranges: (where.attributes ?? []).flatMap(attributeRanges),
    price: { least: where.priceAtLeast ?? undefined, most: where.priceAtMost ?? undefined },
    ...(present(where.available) && { available: where.available }),
  })
}

/** The text as an engine takes it; refuses one that nobody types. */
export const readText = (text: string | null | undefined, path: string): Result<string> =>
  (text?.length ?? 0) > MAX_QUERY
    ? SEARCH.refuse('SEARCH_TOO_LONG', { max: MAX_QUERY }, [path])
    : ok(storable(text ?? ''))

/** The facets to count, each once; refuses unknown ones and too many. */
export const readFacets = (facets: readonly string[] | null | undefined): Result<readonly string[]> => {
  const names = [...new Set(facets ?? [])]
  if (names.length > MAX_FACETS)
    return SEARCH.refuse('SEARCH_TOO_MANY_FACETS', { max: MAX_FACETS }, ['facets'])
  const unknown = names.findIndex((name) => !KNOWN_FACET.test(name))
  if (unknown === -1) return ok(names.map((name) => storable(name)))
  return SEARCH.refuse('SEARCH_FACET_UNKNOWN', { facet: storable(names[unknown]!.slice(0, 60)) }, [
    'facets',
    String(unknown),
  ])
}
