import { allChannels } from '@hilo/channels'
import { appendEvents, type Context, type FullExecutor } from '@hilo/db'
import { type Clock, marketReader, newId, SYSTEM, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { collectionEvent } from '../collections/collection-events.ts'
import { refreshMembership } from '../collections/membership.ts'
import { publicationEvent } from '../events.ts'

/** Products of one transaction: it holds the readers of the event log back, so it must be short. */
const PAGE = 200

interface Window {
  readonly after: Date
  readonly until: Date
  readonly seen: Uuid | null
}

/** The window under way, or one that begins now; nothing when time has not moved. The first run only notes the time. */
const takeWindow = async ({ db, now }: Context): Promise<Window | undefined> => {
  const at = now()
  await db
    .insertInto('catalog_clock')
    .values({ done_until: at })
    .onConflict((conflict) => conflict.column('singleton').doNothing())
    .execute()
  const row = await db.selectFrom('catalog_clock').selectAll().forUpdate().executeTakeFirstOrThrow()
  const until = row.window_until ?? at
  return until > row.done_until ? { after: row.done_until, until, seen: row.seen_product } : undefined
}

interface Passed {
  readonly id: Uuid
  readonly status: string
  /** Where it begins or ends to be seen; none when it only grew too old for a rule. */
  readonly channels: readonly Uuid[]
}

/** Products that a publication or the age in a rule says something else about than before, in the order of ids. */
const passedProducts = async ({ db }: Context, { after, until, seen }: Window): Promise<Passed[]> => {
  const between = (column: string) =>
    sql`${sql.ref(column)} > ${after}::timestamptz and ${sql.ref(column)} <= ${until}::timestamptz`
  const { rows } = await sql<Passed>`
    with recursive branch as (
      select rule as node from collection where rule is not null
      union all
      select child.node from branch cross join lateral (
        select branch.node->'not' as node where branch.node ? 'not'
        union all select jsonb_array_elements(branch.node->'all') where branch.node ? 'all'
        union all select jsonb_array_elements(branch.node->'any') where branch.node ? 'any'
      ) as child
    ), age as (
      select distinct (node->>'createdWithinDays')::int * interval '24 hours' as span
      from branch where node ? 'createdWithinDays'
    ), passed as (
      select product_id, channel_id from product_channel where ${between('published_from')}
      union select product_id, channel_id from product_channel where ${between('published_until')}
      union
      select product.id, null from age join product
        on product.created_at > ${after}::timestamptz - age.span and product.created_at <= ${until}::timestamptz - age.span
    )
    select product.id, product.status,
      coalesce(array_agg(channel_id order by channel_id) filter (where channel_id is not null), '{}')::text[] as channels
    from passed join product on product.id = passed.product_id
    where ${seen}::uuid is null or product.id > ${seen}::uuid
    group by product.id order by product.id limit ${PAGE}`.execute(db)
  return rows
}

const passedCollections = async ({ db }: Context, { after, until }: Window) => {
  const between = (column: string) =>
    sql`${sql.ref(column)} > ${after}::timestamptz and ${sql.ref(column)} <= ${until}::timestamptz`
  const { rows } = await sql<{ collectionId: Uuid; slug: string; channelIds: Uuid[] }>`
    select collection.id as "collectionId", slug, array_agg(channel_id order by channel_id)::text[] as "channelIds"
    from collection_channel join collection on collection.id = collection_id
    where (${between('published_from')}) or (${between('published_until')})
    group by collection.id order by collection.id`.execute(db)
  return rows
}

const noteProgress = ({ db }: Context, { until }: Window, page: readonly Passed[]) =>
  page.length < PAGE
    ? db
        .updateTable('catalog_clock')
        .set({ done_until: until, window_until: null, seen_product: null })
        .execute()
    : db
        .updateTable('catalog_clock')
        .set({ window_until: until, seen_product: page.at(-1)!.id })
        .execute()

const passPage = async (ctx: Context): Promise<boolean> => {
  const window = await takeWindow(ctx)
  if (!window) return false
  const page = await passedProducts(ctx, window)
  const isLast = page.length < PAGE
  const collections = isLast ? await passedCollections(ctx, window) : []
  await noteProgress(ctx, window, page)
  const followed = await refreshMembership(
    ctx,
    page.map(({ id }) => id),
  )
  await appendEvents(ctx, [
    ...page
      .filter(({ channels }) => channels.length > 0)
      .map(({ id, status, channels }) =>
        publicationEvent({ productId: id, channelIds: channels, isPublic: status === 'PUBLISHED' }),
      ),
    ...collections.map((collection) => collectionEvent('CollectionPublicationChanged.v1', collection)),
    ...followed,
  ])
  return !isLast
}

/**
 * Tells what the clock alone has changed since this ran last, in any process: publications that began or ended, and
 * products that grew too old for a rule, in pages of a transaction each. Returns how many transactions it took.
 */
export const passCatalogBoundaries = async (db: FullExecutor, clock: Clock): Promise<number> => {
  const [channel] = await allChannels(db)
  if (!channel) return 0
  const shared = { actor: SYSTEM, channel, ...marketReader(channel.market), correlationId: newId() }
  for (let pages = 1; ; pages += 1) {
    const at = clock()
    const more = await db.transaction().execute((tx) => passPage({ ...shared, db: tx, now: () => at }))
    if (!more) return pages
  }
}
