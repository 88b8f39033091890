import { type Context, type Executor, waitTurn } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { productEvent } from '../events.ts'
import { lockProduct, touchProduct } from '../lock-product.ts'
import { PRODUCT_COLUMNS, toProduct } from '../product-queries.ts'
import type { Product } from '../product.ts'
import { tellOfProducts } from '../tell-of-products.ts'
import { checkCount } from '../text.ts'
import { isVisible, type Viewpoint, type VisibilityTables } from '../visibility.ts'
import { RELATION_REFUSALS } from './errors.ts'

/** How one product stands to another. */
export const RELATION_KINDS = ['CROSS_SELL', 'UP_SELL', 'ACCESSORY', 'SIMILAR', 'SPARE_PART'] as const

/** How one product stands to another. */
export type RelationKind = (typeof RELATION_KINDS)[number]

/** Most products of one kind that one product is related to; its other half by `bothWays` counts too. */
export const MAX_RELATED = 50

/** The related products that may be seen from here, in their order. */
export const relatedProducts = async (
  db: Executor<VisibilityTables | 'product_relation'>,
  view: Viewpoint,
  owners: readonly { readonly id: Uuid; readonly kind: string }[],
): Promise<(Product & { readonly ownerId: Uuid; readonly kind: string })[]> => {
  const rows = await db
    .selectFrom('product_relation')
    .innerJoin('product', 'product.id', 'product_relation.related_id')
    .select([
      ...PRODUCT_COLUMNS,
      'product_relation.product_id as owner_id',
      'product_relation.kind as relation',
    ])
    .where(
      'product_relation.product_id',
      '=',
      sql<Uuid>`any(${[...new Set(owners.map(({ id }) => id))]}::uuid[])`,
    )
    .where(
      'product_relation.kind',
      '=',
      sql<string>`any(${[...new Set(owners.map(({ kind }) => kind))]}::text[])`,
    )
    .where(isVisible(view))
    .orderBy('product_relation.position')
    .orderBy('product.id')
    .execute()
  return rows.map(({ owner_id, relation, ...row }) => ({
    ...toProduct(row),
    ownerId: owner_id,
    kind: relation,
  }))
}

const relatedIds = async (ctx: Context, productId: Uuid, kind: RelationKind): Promise<Uuid[]> => {
  const rows = await ctx.db
    .selectFrom('product_relation')
    .select('related_id')
    .where('product_id', '=', productId)
    .where('kind', '=', kind)
    .orderBy('position')
    .execute()
  return rows.map(({ related_id }) => related_id)
}

interface RelationChange {
  readonly productId: Uuid
  readonly kind: RelationKind
  readonly relatedIds: readonly Uuid[]
  /** True: each of them is related to this product too, and those taken out no longer. */
  readonly bothWays?: boolean | null
}

const missing = async (ctx: Context, ids: readonly Uuid[]): Promise<number> => {
  const rows = await ctx.db
    .selectFrom('product')
    .select('id')
    .where('id', '=', sql<Uuid>`any(${ids}::uuid[])`)
    .execute()
  const known = new Set(rows.map(({ id }) => id))
  return ids.findIndex((id) => !known.has(id))
}

/** The other halves: gone from those taken out, behind what is there of the others. Returns whose changed. */
const mirror = async (
  ctx: Context,
  { productId, kind }: RelationChange,
  { before, after }: { readonly before: readonly Uuid[]; readonly after: readonly Uuid[] },
): Promise<Result<readonly Uuid[]>> => {
  const gone = await ctx.db
    .deleteFrom('product_relation')
    .where('related_id', '=', productId)
    .where('kind', '=', kind)
    .where('product_id', '=', sql<Uuid>`any(${before.filter((id) => !after.includes(id))}::uuid[])`)
    .returning('product_id')
    .execute()
  const { rows: made } = await sql<{ product_id: Uuid; position: number; count: number }>`
    insert into product_relation (product_id, kind, related_id, position)
    select id, ${kind}, ${productId}, coalesce(
      (select max(position) + 1 from product_relation where product_id = id and kind = ${kind}), 0)
    from unnest(${after}::uuid[]) as id
    on conflict do nothing
    returning product_id, (
      select count(*)::int from product_relation as there where there.product_id = product_relation.product_id
        and there.kind = ${kind}) as count`.execute(ctx.db)
  const full = made.find(({ count }) => count >= MAX_RELATED)
  if (full) {
    const at = String(after.indexOf(full.product_id))
    return RELATION_REFUSALS.refuse('RELATIONS_FULL', { max: MAX_RELATED }, ['relatedIds', at])
  }
  return ok([...gone, ...made].map(({ product_id }) => product_id))
}

const eventsOfOthers = async (ctx: Context, ids: readonly Uuid[]) => {
  if (ids.length === 0) return []
  const rows = await ctx.db
    .selectFrom('product')
    .leftJoin('product_channel', 'product_channel.product_id', 'product.id')
    .select([
      'product.id',
      'product.status',
      sql<Uuid[]>`array_remove(array_agg(channel_id), null)`.as('channels'),
    ])
    .where('product.id', '=', sql<Uuid>`any(${ids}::uuid[])`)
    .groupBy('product.id')
    .execute()
  return rows.map(({ id, status, channels }) =>
    productEvent('ProductUpdated.v1', {
      productId: id,
      channelIds: channels,
      isPublic: status === 'PUBLISHED',
    }),
  )
}

/** Relates a product to exactly these, in this order, in one way of relation. */
export const setRelations = async (
  ctx: Context,
  change: RelationChange,
): Promise<Result<{ productId: Uuid }>> => {
  const { productId, kind } = change
  const counted = checkCount(change.relatedIds, MAX_RELATED, ['relatedIds'])
  if (!counted.ok) return counted
  const after = [...new Set(change.relatedIds)]
  const self = change.relatedIds.indexOf(productId)
  if (self !== -1) return RELATION_REFUSALS.refuse('RELATION_TO_ITSELF', {}, ['relatedIds', String(self)])
  const product = await lockProduct(ctx, { id: productId, path: ['productId'] })
  if (!product.ok) return product
  // The other half may be of a product that is changed meanwhile: its number is exact only one after the other.
  await waitTurn(ctx.db, 'product_relation')
  const absent = await missing(ctx, after)
  if (absent !== -1) {
    const facts = { kind: 'product' as const, id: encodeId('product', after[absent]!) }
    return COMMON.refuse('NOT_FOUND', facts, ['relatedIds', String(absent)])
  }
  const before = await relatedIds(ctx, productId, kind)
  await sql`delete from product_relation where product_id = ${productId} and kind = ${kind}`.execute(ctx.db)
  await sql`
    insert into product_relation (product_id, kind, related_id, position)
    select ${productId}, ${kind}, id, place::int from unnest(${after}::uuid[]) with ordinality as each(id, place)`.execute(
    ctx.db,
  )
  const others = change.bothWays ? await mirror(ctx, change, { before, after }) : ok([])
  if (!others.ok) return others
  await touchProduct(ctx, productId)
  const { channelIds, status } = product.value
  const event = productEvent('ProductUpdated.v1', { productId, channelIds, isPublic: status === 'PUBLISHED' })
  const changed = { [`related.${kind}`]: [before, after] as const }
  await tellOfProducts(ctx, [
    { ...event, ...(before.join() !== after.join() && { changed }) },
    ...(await eventsOfOthers(ctx, others.value)),
  ])
  return ok({ productId })
}
