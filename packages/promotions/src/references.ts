import { decodeId, type IdKind } from '@hilo/kernel'
import type { PromotionDefinition } from '@hilo/pricing'

/** What a shop has or has not, so that a definition can name what is not there. */
const REFERENCE_KINDS = [
  'product',
  'variant',
  'sku',
  'category',
  'collection',
  'attribute',
  'taxClass',
  'channel',
  'market',
  'customerGroup',
  'segment',
] as const

/** What a reference is to. */
export type ReferenceKind = (typeof REFERENCE_KINDS)[number]

/** Something that a definition names, and where it names it. */
export interface Reference {
  readonly kind: ReferenceKind
  /** A database id where a public one stands; else as it stands: a slug, a code, a SKU. */
  readonly key: string
  readonly path: readonly string[]
  /** Of an attribute: the values that are asked for. */
  readonly values?: readonly unknown[]
}

/** The database id of a public one; anything else as it is. */
export const plainKey = (kind: string, key: string): string => decodeId(kind as IdKind, key) ?? key

const isKind = (name: string): name is ReferenceKind => (REFERENCE_KINDS as readonly string[]).includes(name)

const toKeys = (kind: ReferenceKind, keys: readonly string[] = [], path: readonly string[]): Reference[] =>
  keys.map((key, index) => ({ kind, key: plainKey(kind, key), path: [...path, String(index)] }))

/** Of every predicate, however deep it stands. */
const inPredicates = (node: unknown, path: readonly string[]): Reference[] => {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([member, value]: [string, unknown]) => {
    const at = [...path, member]
    if (member === 'attribute') {
      const { code, in: values } = value as { code: string; in?: readonly unknown[] }
      return { kind: 'attribute' as const, key: code, path: at, ...(values && { values }) }
    }
    const isList = Array.isArray(value) && value.every((each) => typeof each === 'string')
    return isKind(member) && isList ? toKeys(member, value, at) : inPredicates(value, at)
  })
}

/** Everything of the shop that a valid definition names, in the order in which it is written. */
export const referencesOf = (definition: PromotionDefinition): Reference[] => {
  const { channels, markets, audience, items, effect } = definition
  return [
    ...toKeys('channel', channels?.codes, ['channels', 'codes']),
    ...toKeys('market', markets, ['markets']),
    ...toKeys('customerGroup', audience?.customerGroups, ['audience', 'customerGroups']),
    ...toKeys('segment', audience?.segments, ['audience', 'segments']),
    ...inPredicates(items, ['items']),
    ...inPredicates(effect, ['effect']),
    ...(effect.kind === 'GIFT'
      ? [{ kind: 'variant', key: plainKey('variant', effect.variant), path: ['effect', 'variant'] } as const]
      : []),
  ]
}
