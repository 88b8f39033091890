import { appendEvents, type Context } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { CATALOG_REFUSALS } from '../errors.ts'
import { checkCount } from '../text.ts'
import { MAX_ARRANGED } from './collection.ts'
import { collectionEvent, membershipEvents, reachOfCollections } from './collection-events.ts'
import { appendMembers, GAP, shareMembership } from './membership.ts'
import { lockCollection } from './save-collection.ts'

/** Products of a collection by hand. */
export interface ProductsOfCollection {
  readonly id: Uuid
  readonly productIds: readonly Uuid[]
}

const { refuse } = CATALOG_REFUSALS

/** The collection, held, when its products are chosen by hand. */
const lockByHand = async (ctx: Context, { id, productIds }: ProductsOfCollection) => {
  const counted = checkCount(productIds, MAX_ARRANGED, ['productIds'])
  if (!counted.ok) return counted
  await shareMembership(ctx)
  const locked = await lockCollection(ctx, { id })
  if (!locked.ok) return locked
  return locked.value.rule ? refuse('COLLECTION_BY_RULE', { slug: locked.value.slug }, ['id']) : locked
}

/** Adds products at the end, in the order given; who is in already stays where it is. */
export const addToCollection = async (
  ctx: Context,
  input: ProductsOfCollection,
): Promise<Result<{ collectionId: Uuid }>> => {
  const locked = await lockByHand(ctx, input)
  if (!locked.ok) return locked
  const { id, productIds } = input
  const { rows } = await sql<{ id: Uuid; present: boolean }>`
    select product.id, member.product_id is not null as present
    from product left join collection_product as member
      on member.product_id = product.id and member.collection_id = ${id}
    where product.id = any(${productIds}::uuid[])`.execute(ctx.db)
  const found = new Map(rows.map((row) => [row.id, row.present]))
  const missing = productIds.findIndex((productId) => !found.has(productId))
  if (missing >= 0)
    return COMMON.refuse('NOT_FOUND', { kind: 'product', id: encodeId('product', productIds[missing]!) }, [
      'productIds',
      String(missing),
    ])
  const added = [...new Set(productIds)].filter((productId) => !found.get(productId))
  await appendMembers(
    ctx,
    added.map((productId) => ({ collectionId: id, productId })),
  )
  await appendEvents(ctx, await membershipEvents(ctx.db, [{ collectionId: id, added, removed: [] }]))
  return ok({ collectionId: id })
}

/** Takes products out; who is not in is not missed. */
export const removeFromCollection = async (
  ctx: Context,
  input: ProductsOfCollection,
): Promise<Result<{ collectionId: Uuid }>> => {
  const locked = await lockByHand(ctx, input)
  if (!locked.ok) return locked
  const { id, productIds } = input
  const { rows } = await sql<{ product_id: Uuid }>`
    delete from collection_product where collection_id = ${id} and product_id = any(${productIds}::uuid[])
    returning product_id`.execute(ctx.db)
  const removed = rows.map(({ product_id }) => product_id)
  await appendEvents(ctx, await membershipEvents(ctx.db, [{ collectionId: id, added: [], removed }]))
  return ok({ collectionId: id })
}

/** Where products shall stand in a collection, by hand or by rule. */
export interface CollectionMove extends ProductsOfCollection {
  /** True: before all that are not pinned. False: among these. Left out: as the first product was. */
  readonly pinned?: boolean | null
  /** The product behind which they shall stand, in the order given; left out or null: at the front. */
  readonly afterId?: Uuid | null
}

interface Member {
  readonly product_id: Uuid
  readonly tier: number
}

/** Numbers a tier anew, with gaps, when there is no room between two products. */
const spreadOut = ({ db }: Context, id: Uuid, tier: number) =>
  sql`
  update collection_product set position = numbered.place * ${GAP}::bigint
  from (
    select product_id, row_number() over (order by position, product_id) as place
    from collection_product where collection_id = ${id} and tier = ${tier}
  ) as numbered
  where collection_product.collection_id = ${id} and collection_product.product_id = numbered.product_id`.execute(
    db,
  )

/** The positions that the products can take, or nothing when there is no room for so many. */
const roomFor = async (
  { db }: Context,
  { id, productIds, afterId, tier }: CollectionMove & { readonly tier: number },
): Promise<bigint[] | undefined> => {
  const { rows } = await sql<{ before: bigint | null; behind: bigint | null }>`
    with others as (
      select product_id, position from collection_product
      where collection_id = ${id} and tier = ${tier} and product_id <> all(${productIds}::uuid[])
    ), before as (
      select position, product_id from others where product_id = ${afterId ?? null}::uuid
    )
    select (select position from before) as before, (
      select position from others
      where not exists (select from before)
        or (position, product_id) > (select position, product_id from before)
      order by position, product_id limit 1
    ) as behind`.execute(db)
  const count = BigInt(productIds.length)
  const { before, behind } = rows[0]!
  const low = before ?? (behind === null ? 0n : behind - (count + 1n) * BigInt(GAP))
  const step = behind === null ? BigInt(GAP) : (behind - low) / (count + 1n)
  return step > 0n ? productIds.map((_, index) => low + step * BigInt(index + 1)) : undefined
}

/** Moves products behind another or to the front, and pins them or takes the pin off. */
export const moveInCollection = async (
  ctx: Context,
  move: CollectionMove,
): Promise<Result<{ collectionId: Uuid }>> => {
  const counted = checkCount(move.productIds, MAX_ARRANGED, ['productIds'])
  if (!counted.ok) return counted
  await shareMembership(ctx)
  const locked = await lockCollection(ctx, move)
  if (!locked.ok) return locked
  const { id, afterId } = move
  const productIds = [...new Set(move.productIds)]
  const named = [...productIds, ...(afterId ? [afterId] : [])]
  const { rows } = await sql<Member>`
    select product_id, tier from collection_product
    where collection_id = ${id} and product_id = any(${named}::uuid[])`.execute(ctx.db)
  const tiers = new Map(rows.map(({ product_id, tier }) => [product_id, tier]))
  const [first] = productIds
  if (first === undefined) return ok({ collectionId: id })
  const tier = move.pinned == null ? (tiers.get(first) ?? 1) : move.pinned ? 0 : 1
  const strange = named.findIndex(
    (productId) => !tiers.has(productId) || (productId === afterId && tiers.get(productId) !== tier),
  )
  if (strange >= 0 || (afterId && productIds.includes(afterId))) {
    const shown = { slug: locked.value.slug, product: encodeId('product', named[Math.max(strange, 0)]!) }
    const path = strange >= 0 && strange < productIds.length ? ['productIds', String(strange)] : ['afterId']
    return refuse('PRODUCT_NOT_IN_COLLECTION', shown, path)
  }
  const wanted = { ...move, productIds, tier }
  let places = await roomFor(ctx, wanted)
  if (!places) {
    await spreadOut(ctx, id, tier)
    places = await roomFor(ctx, wanted)
  }
  await sql`
    update collection_product set tier = ${tier}, position = moved.position
    from unnest(${productIds}::uuid[], ${places!}::bigint[]) as moved(product_id, position)
    where collection_product.collection_id = ${id} and collection_product.product_id = moved.product_id
  `.execute(ctx.db)
  const reach = (await reachOfCollections(ctx.db, [id])).get(id)!
  await appendEvents(ctx, [collectionEvent('CollectionUpdated.v1', reach)])
  return ok({ collectionId: id })
}
