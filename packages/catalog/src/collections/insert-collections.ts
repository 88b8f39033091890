import { appendEvents, type Context } from '@hilo/db'
import { type Localized, newId, unwrap, type Uuid } from '@hilo/kernel'
import { collectionEvent, type MembershipChange, membershipEvents } from './collection-events.ts'
import { appendMembers, applyRule, holdMembership } from './membership.ts'
import { resolveRule } from './resolve-rule.ts'

/** A collection as a seed or an import brings it: with its products in order, or with a rule. */
export interface CollectionSeed {
  readonly id?: Uuid
  readonly slug: string
  readonly name: Localized
  readonly description?: Localized
  readonly rule?: unknown
  readonly productIds?: readonly Uuid[]
  /** Where it is published; nowhere when left out. */
  readonly channelIds?: readonly Uuid[]
}

/** Rows of one statement, well below its 65,535 parameters. */
const CHUNK = 500

const chunksOf = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, index) =>
    rows.slice(index * CHUNK, (index + 1) * CHUNK),
  )

/**
 * Inserts many collections in few statements and one for each rule, inside `command()`; returns the ids by slug. The
 * texts are trusted; a slug that is taken, and a rule that is none, throw and leave nothing.
 */
export const insertCollections = async (
  ctx: Context,
  seeds: readonly CollectionSeed[],
): Promise<ReadonlyMap<string, Uuid>> => {
  const all = seeds.map((seed) => ({ ...seed, id: seed.id ?? newId() }))
  const ruled = new Map<Uuid, Awaited<ReturnType<typeof readRule>>>()
  const readRule = async (rule: unknown) => unwrap(await resolveRule(ctx, rule))
  for (const { id, rule } of all) if (rule != null) ruled.set(id, await readRule(rule))
  await holdMembership(ctx)
  const rows = all.map(({ id, slug, name, description }) => ({
    id,
    slug,
    name: JSON.stringify(name),
    description: JSON.stringify(description ?? {}),
    rule: ruled.has(id) ? JSON.stringify(ruled.get(id)) : null,
    created_at: ctx.now(),
    updated_at: ctx.now(),
  }))
  for (const chunk of chunksOf(rows)) await ctx.db.insertInto('collection').values(chunk).execute()
  const places = all.flatMap(({ id, channelIds = [] }) =>
    channelIds.map((channel_id) => ({ collection_id: id, channel_id })),
  )
  for (const chunk of chunksOf(places)) await ctx.db.insertInto('collection_channel').values(chunk).execute()
  const changes: MembershipChange[] = []
  for (const { id, productIds = [] } of all) {
    const rule = ruled.get(id)
    if (rule) changes.push(await applyRule(ctx, { id, rule }))
    else if (productIds.length > 0) {
      await appendMembers(
        ctx,
        productIds.map((productId) => ({ collectionId: id, productId })),
      )
      changes.push({ collectionId: id, added: productIds, removed: [] })
    }
  }
  await appendEvents(ctx, [
    ...all.map(({ id, slug, channelIds = [] }) =>
      collectionEvent('CollectionCreated.v1', { collectionId: id, slug, channelIds }),
    ),
    ...(await membershipEvents(ctx.db, changes)),
  ])
  return new Map(all.map(({ slug, id }) => [slug, id]))
}
