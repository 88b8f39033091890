import type { Context } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'
import { shareTree } from '../category-tree.ts'
import { shareMembership } from '../collections/membership.ts'
import { recordVersions } from '../versions/record-versions.ts'
import { SOURCES, TEXT_KINDS, type TextKind } from './text-sources.ts'
import type { Translation } from './translation.ts'

/** What a text belongs to, held by this transaction. */
export interface Owner {
  readonly kind: TextKind
  readonly id: Uuid
  /** Of what belongs to a product. */
  readonly productId: Uuid | null
  readonly version: number | null
}

/** The tables in which things of products stand, with the product of each. */
const IN_PRODUCTS: Partial<Readonly<Record<TextKind, RawBuilder<unknown>>>> = {
  product: sql`select id, id as product_id from product`,
  variant: sql`select id, product_id from variant`,
  option: sql`select id, product_id from option`,
  optionValue: sql`select option_value.id, product_id from option_value join option on option.id = option_id`,
  image: sql`select id, product_id from image`,
}

/** Which of these are there, and in which products. */
const placesOf = async (ctx: Context, ids: readonly Uuid[]) => {
  const looked = Object.entries(IN_PRODUCTS).map(
    ([kind, rows]) => sql`
      select ${sql.lit(kind)} as kind, id, product_id from (${rows!}) as thing where id = any(${ids}::uuid[])`,
  )
  const { rows } = await sql<{
    kind: TextKind
    id: Uuid
    product_id: Uuid
  }>`${sql.join(looked, sql` union all `)}`.execute(ctx.db)
  return rows
}

/** Holds rows in the order of ids, so that two who translate the same wait for each other instead of in a circle. */
const holdRows = async (
  ctx: Context,
  kind: TextKind,
  ids: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, number>> => {
  const { rows } = await sql<{ id: Uuid; version: number }>`
    select id, version from ${sql.table(SOURCES[kind].table)} where id = any(${ids}::uuid[])
    order by id for no key update`.execute(ctx.db)
  return new Map(rows.map(({ id, version }) => [id, version]))
}

/** Products first, then their variants, then the others by name: see LOCKS.md. */
const IN_ORDER = [
  'product',
  'variant',
  ...TEXT_KINDS.filter((kind) => !SOURCES[kind].ofProduct).toSorted(),
] as const

/** Of products made before versions were kept, what they say now is the first, before it changes. */
const keepFirstVersions = async (ctx: Context, ids: readonly Uuid[]): Promise<void> => {
  const rows = await ctx.db
    .selectFrom('product')
    .select('id')
    .where('id', '=', sql<Uuid>`any(${ids}::uuid[])`)
    .where('content_version', '=', 0)
    .execute()
  await recordVersions(
    ctx,
    rows.map(({ id }) => id),
  )
}

const UNCOUNTED = { en: 'Its versions are not counted.', es: 'No se cuentan sus versiones.' }

const checkOwner = ({ kind, id, ifVersion, index }: Translation, owner: Owner | undefined): Result<null> => {
  const path = ['translations', String(index)]
  if (!owner) return COMMON.refuse('NOT_FOUND', { kind, id: encodeId(kind, id) }, [...path, 'id'])
  if (ifVersion === null || ifVersion === owner.version) return ok(null)
  return owner.version === null
    ? COMMON.refuse('INVALID_INPUT', { reason: UNCOUNTED }, [...path, 'ifVersion'])
    : COMMON.refuse('VERSION_CONFLICT', { current: owner.version }, [...path, 'ifVersion'])
}

/**
 * Holds what texts belong to, and the products of that, until the end of the transaction. Refuses what is not there, and
 * what has another version than was said.
 */
export const holdOwners = async (
  ctx: Context,
  translations: readonly Translation[],
): Promise<Result<ReadonlyMap<Uuid, Owner>>> => {
  const idsOf = (wanted: (kind: TextKind) => boolean) => [
    ...new Set(translations.flatMap(({ kind, id }) => (wanted(kind) ? [id] : []))),
  ]
  const inProducts = idsOf((kind) => SOURCES[kind].ofProduct)
  const places = inProducts.length > 0 ? await placesOf(ctx, inProducts) : []
  const productIds = [...new Set(places.map(({ product_id: id }) => id))]
  const owners = new Map<Uuid, Owner>()
  for (const { kind, id, product_id: productId } of places)
    owners.set(id, { kind, id, productId, version: null })
  for (const kind of IN_ORDER) {
    const ids = kind === 'product' ? productIds : idsOf((one) => one === kind)
    if (ids.length === 0) continue
    if (kind === 'category') await shareTree(ctx)
    if (kind === 'collection') await shareMembership(ctx)
    for (const [id, version] of await holdRows(ctx, kind, ids))
      owners.set(id, { productId: kind === 'product' ? id : null, ...owners.get(id), kind, id, version })
  }
  if (productIds.length > 0) await keepFirstVersions(ctx, productIds)
  for (const each of translations) {
    const owner = owners.get(each.id)
    const checked = checkOwner(each, owner?.kind === each.kind ? owner : undefined)
    if (!checked.ok) return checked
  }
  return ok(owners)
}
