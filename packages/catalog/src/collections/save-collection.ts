import { allChannels } from '@hilo/channels'
import { appendEvents, changesBetween, type Context, type Json, waitTurn } from '@hilo/db'
import { COMMON, encodeId, type Localized, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { CATALOG_REFUSALS } from '../errors.ts'
import { checkLocalized, checkSlug, firstRefusal, MAX_DESCRIPTION, MAX_NAME } from '../text.ts'
import { onceUnique } from '../unique-violation.ts'
import { MAX_COLLECTIONS, MAX_RULES } from './collection.ts'
import { collectionEvent, membershipEvents, reachOfCollections } from './collection-events.ts'
import { checkSeo, type Seo, seoColumn, seoFields, toSeo } from '../seo/seo.ts'
import { suggestSlug } from '../slugs/slug-queries.ts'
import { applyRule, holdMembership } from './membership.ts'
import { resolveRule } from './resolve-rule.ts'
import type { CollectionRule } from './rule.ts'

/** A collection to create; with a rule it has its products at once. */
export interface NewCollection {
  /** Made of the name when left out. */
  readonly slug?: string | null
  readonly name: Localized
  readonly description?: Localized | null
  readonly seo?: Seo | null
  /** JSON, as `COLLECTION_RULE_SCHEMA` says; none: by hand. */
  readonly rule?: unknown
  /** Where it is published; every open channel when left out. */
  readonly channelIds?: readonly Uuid[] | null
}

/** What to change of a collection; what is left out stays. A rule of null leaves its products to be chosen by hand. */
export interface CollectionChange {
  readonly id: Uuid
  readonly ifVersion?: number | null
  readonly slug?: string | null
  readonly name?: Localized | null
  readonly description?: Localized | null
  readonly seo?: Seo | null
  readonly rule?: unknown
}

const { refuse } = CATALOG_REFUSALS

const checkTexts = ({
  slug,
  name,
  description,
  seo,
}: Pick<CollectionChange, 'slug' | 'name' | 'description' | 'seo'>) =>
  firstRefusal([
    ...(slug == null ? [] : [checkSlug(slug)]),
    ...(name ? [checkLocalized(name, { max: MAX_NAME, path: ['name'] })] : []),
    checkLocalized(description ?? {}, { max: MAX_DESCRIPTION, path: ['description'], optional: true }),
    ...(seo ? [checkSeo(seo)] : []),
  ])

/** Refuses more collections, or more of them by rule, than there may be. */
const checkRoom = async (
  { db }: Context,
  { isNew, isRuled }: { readonly isNew: boolean; readonly isRuled: boolean },
): Promise<Result<null>> => {
  await waitTurn(db, 'collection')
  const { rows } = await sql<{ all: number; ruled: number }>`
    select count(*)::int as all, count(rule)::int as ruled from collection`.execute(db)
  const { all, ruled } = rows[0]!
  if (isNew && all >= MAX_COLLECTIONS)
    return refuse('TOO_MANY', { count: all + 1, max: MAX_COLLECTIONS }, ['slug'])
  return isRuled && ruled >= MAX_RULES
    ? refuse('TOO_MANY', { count: ruled + 1, max: MAX_RULES }, ['rule'])
    : ok(null)
}

const findRule = async (ctx: Context, rule: unknown): Promise<Result<CollectionRule | null>> =>
  rule == null ? ok(null) : resolveRule(ctx, rule)

const publish = async (ctx: Context, id: Uuid, channelIds: readonly Uuid[] | null | undefined) => {
  const wanted =
    channelIds ?? (await allChannels(ctx.db)).filter(({ active }) => active).map((channel) => channel.id)
  const { rows } = await sql<{ channel_id: Uuid }>`
    insert into collection_channel (collection_id, channel_id)
    select ${id}, id from channel where id = any(${wanted}::uuid[]) returning channel_id`.execute(ctx.db)
  const there = new Set(rows.map(({ channel_id }) => channel_id))
  const missing = wanted.findIndex((one) => !there.has(one))
  if (missing === -1) return ok(wanted)
  const shown = { kind: 'channel' as const, id: encodeId('channel', wanted[missing]!) }
  return COMMON.refuse('NOT_FOUND', shown, ['channelIds', String(missing)])
}

/** Creates a collection, by hand and empty or by a rule and filled. */
export const createCollection = async (
  ctx: Context,
  input: NewCollection,
): Promise<Result<{ collectionId: Uuid }>> => {
  const refused = checkTexts(input)
  if (refused) return refused
  const rule = await findRule(ctx, input.rule)
  if (!rule.ok) return rule
  if (rule.value) await holdMembership(ctx)
  const room = await checkRoom(ctx, { isNew: true, isRuled: rule.value !== null })
  if (!room.ok) return room
  const id = newId()
  const slug = input.slug ?? (await suggestSlug(ctx.db, 'collection', input.name))
  const inserted = await ctx.db
    .insertInto('collection')
    .values({
      id,
      slug,
      name: JSON.stringify(input.name),
      description: JSON.stringify(input.description ?? {}),
      ...(input.seo && { seo: seoColumn(input.seo) }),
      rule: rule.value && JSON.stringify(rule.value),
      created_at: ctx.now(),
      updated_at: ctx.now(),
    })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return refuse('SLUG_TAKEN', { slug }, ['slug'])
  const channels = await publish(ctx, id, input.channelIds)
  if (!channels.ok) return channels
  const members = rule.value ? [await applyRule(ctx, { id, rule: rule.value })] : []
  await appendEvents(ctx, [
    collectionEvent('CollectionCreated.v1', { collectionId: id, slug, channelIds: channels.value }),
    ...(await membershipEvents(ctx.db, members)),
  ])
  return ok({ collectionId: id })
}

/** Holds a collection until the end of the transaction; refuses with `NOT_FOUND`, or `VERSION_CONFLICT`. */
export const lockCollection = async (
  ctx: Context,
  { id, ifVersion }: { readonly id: Uuid; readonly ifVersion?: number | null },
) => {
  const row = await ctx.db
    .selectFrom('collection')
    .select(['id', 'slug', 'name', 'description', 'seo', 'rule', 'version'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) return COMMON.refuse('NOT_FOUND', { kind: 'collection', id: encodeId('collection', id) }, ['id'])
  return ifVersion != null && ifVersion !== row.version
    ? COMMON.refuse('VERSION_CONFLICT', { current: row.version }, ['ifVersion'])
    : ok(row)
}

/** Changes a collection, and counts its version up; another rule takes hold at once. */
export const updateCollection = async (
  ctx: Context,
  change: CollectionChange,
): Promise<Result<{ collectionId: Uuid }>> => {
  const refused = checkTexts(change)
  if (refused) return refused
  const rule = await findRule(ctx, change.rule)
  if (!rule.ok) return rule
  if (rule.value) await holdMembership(ctx)
  const locked = await lockCollection(ctx, change)
  if (!locked.ok) return locked
  const before = locked.value
  if (rule.value && !before.rule) {
    const room = await checkRoom(ctx, { isNew: false, isRuled: true })
    if (!room.ok) return room
  }
  const { id } = change
  const saved = await onceUnique('collection_slug_key', async () => {
    await ctx.db
      .updateTable('collection')
      .set((eb) => ({
        ...(change.slug != null && { slug: change.slug }),
        ...(change.name && { name: JSON.stringify(change.name) }),
        ...(change.description && { description: JSON.stringify(change.description) }),
        ...(change.seo && { seo: seoColumn(change.seo) }),
        ...(change.rule !== undefined && { rule: rule.value && JSON.stringify(rule.value) }),
        version: eb('version', '+', 1),
        updated_at: ctx.now(),
      }))
      .where('id', '=', id)
      .execute()
  })
  if (!saved) return refuse('SLUG_TAKEN', { slug: change.slug! }, ['slug'])
  const members = rule.value ? [await applyRule(ctx, { id, rule: rule.value })] : []
  const changed = changesBetween(
    {
      slug: before.slug,
      name: before.name as Json,
      description: before.description as Json,
      ...seoFields(toSeo(before.seo)),
      rule: before.rule as Json,
    },
    {
      slug: change.slug ?? undefined,
      name: change.name ?? undefined,
      description: change.description ?? undefined,
      ...(change.seo && seoFields(change.seo)),
      rule: change.rule === undefined ? undefined : (rule.value as Json),
    },
  )
  const reach = (await reachOfCollections(ctx.db, [id])).get(id)!
  await appendEvents(ctx, [
    { ...collectionEvent('CollectionUpdated.v1', reach), changed },
    ...(await membershipEvents(ctx.db, members)),
  ])
  return ok({ collectionId: id })
}

/** Deletes a collection; its products stay. */
export const deleteCollection = async (
  ctx: Context,
  { id, ifVersion }: { readonly id: Uuid; readonly ifVersion?: number | null },
): Promise<Result<{ collectionId: Uuid }>> => {
  await holdMembership(ctx)
  const locked = await lockCollection(ctx, { id, ...(ifVersion != null && { ifVersion }) })
  if (!locked.ok) return locked
  const reach = (await reachOfCollections(ctx.db, [id])).get(id)!
  await ctx.db.deleteFrom('collection').where('id', '=', id).execute()
  await appendEvents(ctx, [collectionEvent('CollectionDeleted.v1', reach)])
  return ok({ collectionId: id })
}
