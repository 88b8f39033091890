import type { FullExecutor } from '@hilo/db'
import { isUuid, type Localized } from '@hilo/kernel'
import type { NameLookup, PromotionDefinition } from '@hilo/pricing'
import { sql } from 'kysely'
import { plainKey, type ReferenceKind, referencesOf } from './references.ts'

/** Tax classes are shown by their codes. */
type NamedKind = Exclude<ReferenceKind, 'taxClass'>

/** Where each kind's names are, and what a definition may name it by: an id, another key, or either. */
const SOURCES: Readonly<
  Record<
    NamedKind,
    { readonly from: string; readonly id?: string; readonly key?: string; readonly name: string }
  >
> = {
  product: { from: 'product', id: 'product.id', name: 'product.name' },
  variant: {
    from: 'variant join product on product.id = variant.product_id',
    id: 'variant.id',
    name: 'product.name',
  },
  sku: {
    from: 'variant join product on product.id = variant.product_id',
    key: 'variant.sku',
    name: 'product.name',
  },
  category: { from: 'category', id: 'category.id', key: 'category.slug', name: 'category.name' },
  collection: { from: 'collection', id: 'collection.id', key: 'collection.slug', name: 'collection.name' },
  // Only these are facts of variants.
  attribute: {
    from: '(select code, name from attribute where filterable) as attribute',
    key: 'attribute.code',
    name: 'attribute.name',
  },
  channel: { from: 'channel', key: 'channel.code', name: 'channel.name' },
  market: { from: 'market', key: 'market.code', name: 'market.name' },
  customerGroup: { from: 'customer_group', key: 'customer_group.code', name: 'customer_group.name' },
  segment: { from: 'segment', key: 'segment.code', name: 'segment.name' },
}

const keysOf = (definitions: readonly PromotionDefinition[]): Map<NamedKind, Set<string>> => {
  const keys = new Map<NamedKind, Set<string>>()
  for (const { kind, key } of definitions.flatMap(referencesOf))
    if (kind !== 'taxClass') keys.set(kind, (keys.get(kind) ?? new Set()).add(key))
  return keys
}

const namesIn = (kind: NamedKind, keys: readonly string[]) => {
  const { from, id, key, name } = SOURCES[kind]
  const found = (column: string, type: string, values: readonly string[]) => sql`
    select ${sql.lit(kind)} as kind, ${sql.raw(column)}::text as key, ${sql.raw(name)} as name
    from ${sql.raw(from)} where ${sql.raw(column)} = any(${values}::${sql.raw(type)}[])`
  return [...(id ? [found(id, 'uuid', keys.filter(isUuid))] : []), ...(key ? [found(key, 'text', keys)] : [])]
}

/** The names of everything that these definitions refer to, in one statement, or none when they refer to nothing. */
export const readNames = async (
  db: FullExecutor,
  definitions: readonly PromotionDefinition[],
): Promise<NameLookup> => {
  const queries = [...keysOf(definitions)].flatMap(([kind, keys]) => namesIn(kind, [...keys]))
  if (queries.length === 0) return () => undefined
  const { rows } = await sql<{ kind: NamedKind; key: string; name: Localized }>`
    ${sql.join(queries, sql` union all `)}`.execute(db)
  const names = new Map(rows.map(({ kind, key, name }) => [`${kind} ${key}`, name]))
  return (kind, key) => names.get(`${kind} ${plainKey(kind, key)}`)
}
