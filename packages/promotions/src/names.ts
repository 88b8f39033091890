import type { FullExecutor } from '@hilo/db'
import { decodeId, type IdKind, type Localized } from '@hilo/kernel'
import type { NameLookup, PromotionDefinition } from '@hilo/pricing'
import { sql } from 'kysely'

const KINDS = [
  'product',
  'variant',
  'sku',
  'category',
  'collection',
  'channel',
  'market',
  'customerGroup',
  'segment',
] as const

/** What has a name of its own; codes of anything else are shown as they are. */
type Kind = (typeof KINDS)[number]

/** Where each kind's names are, and what a definition may name it by. */
const SOURCES: Readonly<
  Record<Kind, { readonly from: string; readonly keys: readonly string[]; readonly name: string }>
> = {
  product: { from: 'product', keys: ['product.id::text'], name: 'product.name' },
  variant: {
    from: 'variant join product on product.id = variant.product_id',
    keys: ['variant.id::text'],
    name: 'product.name',
  },
  sku: {
    from: 'variant join product on product.id = variant.product_id',
    keys: ['variant.sku'],
    name: 'product.name',
  },
  category: { from: 'category', keys: ['category.id::text', 'category.slug'], name: 'category.name' },
  collection: {
    from: 'collection',
    keys: ['collection.id::text', 'collection.slug'],
    name: 'collection.name',
  },
  channel: { from: 'channel', keys: ['channel.code'], name: 'channel.name' },
  market: { from: 'market', keys: ['market.code'], name: 'market.name' },
  customerGroup: { from: 'customer_group', keys: ['customer_group.code'], name: 'customer_group.name' },
  segment: { from: 'segment', keys: ['segment.code'], name: 'segment.name' },
}

type Keys = Map<Kind, Set<string>>

const isKind = (name: string): name is Kind => (KINDS as readonly string[]).includes(name)

/** The database id of a public one; anything else as it is. */
const plainKey = (kind: string, key: string): string =>
  (kind in SOURCES && decodeId(kind as IdKind, key)) || key

const note = (keys: Keys, kind: Kind, values: readonly string[] = []): void => {
  for (const value of values) keys.set(kind, (keys.get(kind) ?? new Set()).add(plainKey(kind, value)))
}

/** Notes the keys of every predicate in a definition, however deep it stands. */
const notePredicates = (keys: Keys, node: unknown): void => {
  if (typeof node !== 'object' || node === null) return
  for (const [member, value] of Object.entries(node)) {
    const isList = Array.isArray(value) && value.every((each) => typeof each === 'string')
    if (isKind(member) && isList) note(keys, member, value)
    else notePredicates(keys, value)
  }
}

const keysOf = (definitions: readonly PromotionDefinition[]): Keys => {
  const keys: Keys = new Map()
  for (const { items, conditions, effect, channels, markets, audience } of definitions) {
    notePredicates(keys, { items, conditions, effect })
    note(keys, 'channel', channels?.codes)
    note(keys, 'market', markets)
    note(keys, 'customerGroup', audience?.customerGroups)
    note(keys, 'segment', audience?.segments)
  }
  return keys
}

/** The names of everything that these definitions refer to, in one statement, or none when they refer to nothing. */
export const readNames = async (
  db: FullExecutor,
  definitions: readonly PromotionDefinition[],
): Promise<NameLookup> => {
  const queries = [...keysOf(definitions)].flatMap(([kind, keys]) =>
    SOURCES[kind].keys.map(
      (key) => sql`
        select ${sql.lit(kind)} as kind, ${sql.raw(key)} as key, ${sql.raw(SOURCES[kind].name)} as name
        from ${sql.raw(SOURCES[kind].from)} where ${sql.raw(key)} = any(${[...keys]}::text[])`,
    ),
  )
  if (queries.length === 0) return () => undefined
  const { rows } = await sql<{ kind: Kind; key: string; name: Localized }>`
    ${sql.join(queries, sql` union all `)}`.execute(db)
  const names = new Map(rows.map(({ kind, key, name }) => [`${kind} ${key}`, name]))
  return (kind, key) => names.get(`${kind} ${plainKey(kind, key)}`)
}
