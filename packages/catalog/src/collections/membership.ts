import type { Context, NewEvent } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { type MembershipChange, membershipEvents } from './collection-events.ts'
import { readRuleSituation } from './product-facts.ts'
import type { CollectionRule } from './rule.ts'
import { fitsRule } from './rule-sql.ts'

/** Between two products that follow each other: others move in between without touching them. */
export const GAP = 1_048_576

/** Products that are looked at together. */
const CHUNK = 500

interface Pair {
  readonly collectionId: Uuid
  readonly productId: Uuid
}

const listsOf = (pairs: readonly Pair[]) => [
  pairs.map(({ collectionId }) => collectionId),
  pairs.map(({ productId }) => productId),
]

/** Puts products at the ends of collections. */
export const appendMembers = async ({ db }: Context, pairs: readonly Pair[]): Promise<void> => {
  if (pairs.length === 0) return
  const [collectionIds, productIds] = listsOf(pairs)
  await sql`
    insert into collection_product (collection_id, product_id, position)
    select collection_id, product_id, ${GAP} * row_number() over (partition by collection_id order by nth) + coalesce((
      select max(position) from collection_product as member
      where member.collection_id = pair.collection_id and member.tier = 1), 0)
    from unnest(${collectionIds}::uuid[], ${productIds}::uuid[]) with ordinality as pair(collection_id, product_id, nth)
    on conflict do nothing`.execute(db)
}

const removeMembers = async ({ db }: Context, pairs: readonly Pair[]): Promise<void> => {
  if (pairs.length === 0) return
  const [collectionIds, productIds] = listsOf(pairs)
  await sql`
    delete from collection_product using unnest(${collectionIds}::uuid[], ${productIds}::uuid[]) as gone(collection_id, product_id)
    where collection_product.collection_id = gone.collection_id and collection_product.product_id = gone.product_id
  `.execute(db)
}

const changesOf = (added: readonly Pair[], removed: readonly Pair[]): MembershipChange[] => {
  const ids = new Set([...added, ...removed].map(({ collectionId }) => collectionId))
  const productsIn = (pairs: readonly Pair[], id: Uuid) =>
    pairs.filter(({ collectionId }) => collectionId === id).map(({ productId }) => productId)
  return [...ids]
    .sort()
    .map((id) => ({ collectionId: id, added: productsIn(added, id), removed: productsIn(removed, id) }))
}

/**
 * Waits until nobody changes a rule, and lets nobody until the end of the transaction; before anything else of a
 * collection is held. Whoever changes a rule then sees what we did, or we see their rule.
 */
export const shareMembership = ({ db }: Context) =>
  sql`lock table collection_product in row exclusive mode`.execute(db)

const refreshChunk = async (ctx: Context, productIds: readonly Uuid[]): Promise<MembershipChange[]> => {
  const { db } = ctx
  // Each statement sees what was committed before it, so the locks come before what they protect is read.
  const [, ruled] = await Promise.all([
    shareMembership(ctx),
    sql<{ any: boolean }>`select exists(select from collection where rule is not null) as any`.execute(db),
  ])
  if (!ruled.rows[0]!.any) return []
  const [, { facts, index, members }] = await Promise.all([
    // Two who change one product in different tables: the second sees what the first did.
    sql`select from product where id = any(${productIds}::uuid[]) order by id for no key update`.execute(db),
    readRuleSituation(db, productIds),
  ])
  const now = ctx.now()
  const added: Pair[] = []
  const removed: Pair[] = []
  for (const product of facts) {
    const { productId } = product
    const wanted = index.collectionsOf(product, now)
    const current = new Set(members.get(productId))
    for (const collectionId of wanted.difference(current)) added.push({ collectionId, productId })
    for (const collectionId of current.difference(wanted)) removed.push({ collectionId, productId })
  }
  await Promise.all([removeMembers(ctx, removed), appendMembers(ctx, added)])
  return changesOf(added, removed)
}

/**
 * Puts products that have changed into the collections whose rules they fit now, and out of the others, in the
 * transaction of the change. Only these products are looked at, and of the rules only those they may fit. Returns the
 * events to append.
 */
export const refreshMembership = async (ctx: Context, productIds: readonly Uuid[]): Promise<NewEvent[]> => {
  const ids = [...new Set(productIds)].sort()
  const events: NewEvent[] = []
  for (let start = 0; start < ids.length; start += CHUNK) {
    const changes = await refreshChunk(ctx, ids.slice(start, start + CHUNK))
    events.push(...(await membershipEvents(ctx.db, changes)))
  }
  return events
}

/** Waits until nobody changes products or memberships, and lets nobody until the end of the transaction. */
export const holdMembership = async ({ db }: Context): Promise<void> => {
  await sql`lock table collection_product in share row exclusive mode`.execute(db)
}

/** Gives a collection exactly the products that fit a rule, by the difference; the caller has called `holdMembership`. */
export const applyRule = async (
  ctx: Context,
  { id, rule }: { readonly id: Uuid; readonly rule: CollectionRule },
): Promise<MembershipChange> => {
  const { rows } = await sql<{ added: Uuid[]; removed: Uuid[] }>`
    with wanted as materialized (
      select product.id from product where ${fitsRule(rule, ctx.now())}
    ), gone as (
      delete from collection_product
      where collection_id = ${id} and product_id not in (select wanted.id from wanted)
      returning product_id
    ), come as (
      insert into collection_product (collection_id, product_id, position)
      select ${id}, wanted.id, ${GAP} * row_number() over (order by wanted.id) + coalesce((
        select max(position) from collection_product where collection_id = ${id} and tier = 1), 0)
      from wanted
      where wanted.id not in (select product_id from collection_product where collection_id = ${id})
      returning product_id
    )
    select array(select product_id from come order by 1)::text[] as added,
      array(select product_id from gone order by 1)::text[] as removed
  `.execute(ctx.db)
  return { collectionId: id, ...rows[0]! }
}

/**
 * Applies again the rules that name one of these categories, after the tree has changed: a move changes what stands
 * below the ancestors before and after it, and nothing else. Returns the events to append.
 */
export const refreshRulesOfCategories = async (
  ctx: Context,
  categoryIds: readonly Uuid[],
): Promise<NewEvent[]> => {
  if (categoryIds.length === 0) return []
  await holdMembership(ctx)
  const { rows } = await sql<{ id: Uuid; rule: CollectionRule }>`
    select id, rule from collection
    where rule is not null
      and exists (select from unnest(${categoryIds}::text[]) as named where strpos(rule::text, named) > 0)
    order by id`.execute(ctx.db)
  const changes: MembershipChange[] = []
  for (const row of rows) changes.push(await applyRule(ctx, row))
  return membershipEvents(ctx.db, changes)
}
