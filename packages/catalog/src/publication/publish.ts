import { appendEvents, type Context, type Executor } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { ATTRIBUTE_REFUSALS } from '../attributes/errors.ts'
import { lackingAttributes } from '../attributes/write-values.ts'
import { collectionEvent, reachOfCollections } from '../collections/collection-events.ts'
import { CATALOG_REFUSALS } from '../errors.ts'
import { publicationEvent } from '../events.ts'
import { MAX_CHANNELS } from '../product-places.ts'
import type { ProductStatus } from '../product.ts'
import { tellOfProducts } from '../tell-of-products.ts'
import { checkCount, firstRefusal } from '../text.ts'
import { checkSchedule, type Schedule } from './set-schedules.ts'

/** Most products or collections that one request publishes: each is an event that names its channels. */
export const MAX_PUBLISHED = 200

/** What to publish or take back, and where; without channels in all there are. */
export interface Publication extends Schedule {
  readonly ids: readonly Uuid[]
  readonly channelIds?: readonly Uuid[] | null
}

type Noun = 'product' | 'collection'

const checkPublication = ({ ids, channelIds, from, until }: Publication, field: string) =>
  firstRefusal([
    checkCount(ids, MAX_PUBLISHED, [field]),
    checkCount(channelIds ?? [], MAX_CHANNELS, ['channelIds']),
    checkSchedule({ from, until }, []),
  ])

/** All channels, or these when all of them are there. */
const findChannels = async (
  db: Executor<'channel'>,
  wanted: readonly Uuid[] | null | undefined,
): Promise<Result<Uuid[]>> => {
  const rows = await db.selectFrom('channel').select('id').orderBy('id').execute()
  const all = new Set(rows.map(({ id }) => id))
  if (!wanted) return ok([...all])
  const missing = wanted.findIndex((id) => !all.has(id))
  if (missing === -1) return ok([...new Set(wanted)])
  const shown = { kind: 'channel' as const, id: encodeId('channel', wanted[missing]!) }
  return COMMON.refuse('NOT_FOUND', shown, ['channelIds', String(missing)])
}

interface Locked {
  readonly id: Uuid
  readonly slug: string
  readonly status: ProductStatus | null
}

/** Holds the rows in the order of ids; refuses the first that is not there. */
const lockAll = async (
  { db }: Context,
  noun: Noun,
  ids: readonly Uuid[],
): Promise<Result<readonly Locked[]>> => {
  const { rows } = await sql<Locked>`
    select id, slug, ${noun === 'product' ? sql.ref('status') : sql`null`} as status
    from ${sql.table(noun)} where id = any(${ids}::uuid[]) order by id for no key update`.execute(db)
  const found = new Set(rows.map(({ id }) => id))
  const missing = ids.findIndex((id) => !found.has(id))
  if (missing === -1) return ok(rows)
  const shown = { kind: noun, id: encodeId(noun, ids[missing]!) }
  return COMMON.refuse('NOT_FOUND', shown, [`${noun}Ids`, String(missing)])
}

const columnsOf = (noun: Noun) => ({
  table: sql.table(`${noun}_channel`),
  id: sql.ref(`${noun}_id`),
})

const setRows = async (
  { db }: Context,
  noun: Noun,
  { ids, channelIds, from = null, until = null }: Publication,
): Promise<void> => {
  const { table, id } = columnsOf(noun)
  await sql`
    insert into ${table} (${id}, channel_id, published_from, published_until)
    select owner, channel, ${from}::timestamptz, ${until}::timestamptz
    from unnest(${ids}::uuid[]) as owner cross join unnest(${channelIds}::uuid[]) as channel
    on conflict (${id}, channel_id) do update
    set published_from = excluded.published_from, published_until = excluded.published_until
    where (${table}.published_from, ${table}.published_until)
      is distinct from (excluded.published_from, excluded.published_until)`.execute(db)
}

const removeRows = async ({ db }: Context, noun: Noun, { ids, channelIds }: Publication): Promise<void> => {
  const { table, id } = columnsOf(noun)
  await sql`
    delete from ${table} where ${id} = any(${ids}::uuid[]) and channel_id = any(${channelIds}::uuid[])`.execute(
    db,
  )
}

/** Who is published or taken back, and where, once everything about the request is in order. */
const prepare = async (ctx: Context, noun: Noun, publication: Publication) => {
  const refused = checkPublication(publication, `${noun}Ids`)
  if (refused) return refused
  const locked = await lockAll(ctx, noun, publication.ids)
  if (!locked.ok) return locked
  const channels = await findChannels(ctx.db, publication.channelIds)
  return channels.ok ? ok({ rows: locked.value, channelIds: channels.value }) : channels
}

const describe = (channelIds: readonly Uuid[], { from, until }: Schedule) => ({
  channels: channelIds.length,
  from: from?.toISOString() ?? null,
  until: until?.toISOString() ?? null,
})

/** What to publish of products, which have a status too. */
export interface ProductPublication extends Publication {
  /** True when drafts stay drafts: seen there once their status is published. */
  readonly keepDrafts?: boolean | null
}

/** Publishes products in channels, at once or from a moment on, in a constant number of statements; drafts with it. */
export const publishProducts = async (
  ctx: Context,
  publication: ProductPublication,
): Promise<Result<{ productIds: Uuid[] }>> => {
  const ready = await prepare(ctx, 'product', publication)
  if (!ready.ok) return ready
  const { rows, channelIds } = ready.value
  const pathOf = (id: Uuid) => ['productIds', String(publication.ids.indexOf(id))]
  const archived = rows.find(({ status }) => status === 'ARCHIVED')
  if (archived)
    return CATALOG_REFUSALS.refuse('PRODUCT_ARCHIVED', { slug: archived.slug }, pathOf(archived.id))
  const ids = rows.map(({ id }) => id)
  const becomesPublic = (status: ProductStatus | null): boolean =>
    status === 'DRAFT' && !publication.keepDrafts
  const drafts = rows.filter(({ status }) => becomesPublic(status)).map(({ id }) => id)
  const [lacking] = await lackingAttributes(ctx.db, drafts)
  if (lacking)
    return ATTRIBUTE_REFUSALS.refuse('ATTRIBUTE_REQUIRED', { attributes: lacking[1] }, pathOf(lacking[0]))
  await Promise.all([
    setRows(ctx, 'product', { ...publication, ids, channelIds }),
    sql`
      update product set status = 'PUBLISHED', version = version + 1, updated_at = ${ctx.now()}
      where id = any(${drafts}::uuid[])`.execute(ctx.db),
  ])
  const after = describe(channelIds, publication)
  await tellOfProducts(
    ctx,
    rows.map(({ id, status }) => ({
      ...publicationEvent({
        productId: id,
        channelIds,
        isPublic: status === 'PUBLISHED' || becomesPublic(status),
      }),
      changed: {
        publication: [null, after] as const,
        ...(becomesPublic(status) && { status: ['DRAFT', 'PUBLISHED'] as const }),
      },
    })),
  )
  return ok({ productIds: ids })
}

/** Takes products back from channels; their status stays. */
export const unpublishProducts = async (
  ctx: Context,
  publication: Omit<Publication, keyof Schedule>,
): Promise<Result<{ productIds: Uuid[] }>> => {
  const ready = await prepare(ctx, 'product', publication)
  if (!ready.ok) return ready
  const { rows, channelIds } = ready.value
  const ids = rows.map(({ id }) => id)
  await removeRows(ctx, 'product', { ids, channelIds })
  const before = { channels: channelIds.length }
  await tellOfProducts(
    ctx,
    rows.map(({ id, status }) => ({
      ...publicationEvent({ productId: id, channelIds, isPublic: status === 'PUBLISHED' }),
      changed: { publication: [before, null] as const },
    })),
  )
  return ok({ productIds: ids })
}

const changeCollections = async (
  ctx: Context,
  publication: Publication,
  change: (ctx: Context, noun: Noun, publication: Publication) => Promise<void>,
): Promise<Result<{ collectionIds: Uuid[] }>> => {
  const ready = await prepare(ctx, 'collection', publication)
  if (!ready.ok) return ready
  const { rows, channelIds } = ready.value
  const collectionIds = rows.map(({ id }) => id)
  const before = await reachOfCollections(ctx.db, collectionIds)
  await change(ctx, 'collection', { ...publication, ids: collectionIds, channelIds })
  await appendEvents(
    ctx,
    rows.map(({ id, slug }) =>
      collectionEvent('CollectionPublicationChanged.v1', {
        collectionId: id,
        slug,
        channelIds: [...new Set([...before.get(id)!.channelIds, ...channelIds])],
      }),
    ),
  )
  return ok({ collectionIds })
}

/** Publishes collections in channels, at once or from a moment on. */
export const publishCollections = (ctx: Context, publication: Publication) =>
  changeCollections(ctx, publication, setRows)

/** Takes collections back from channels. */
export const unpublishCollections = (ctx: Context, publication: Omit<Publication, keyof Schedule>) =>
  changeCollections(ctx, publication, removeRows)
