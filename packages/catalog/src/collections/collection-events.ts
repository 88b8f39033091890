import type { Executor, NewEvent } from '@hilo/db'
import type { Json } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'

/** The events that tell of collections. */
export const COLLECTION_EVENTS = [
  'CollectionCreated.v1',
  'CollectionUpdated.v1',
  'CollectionDeleted.v1',
  'CollectionPublicationChanged.v1',
  'CollectionProductsChanged.v1',
] as const

/** What every one of these events carries. */
export interface CollectionEventPayload {
  readonly collectionId: Uuid
  readonly slug: string
  /** Where it was published before or is published now: others need not hear of it. */
  readonly channelIds: readonly Uuid[]
}

/** What `CollectionProductsChanged.v1` carries beside: at most 500 products in one event. */
export interface CollectionProductsPayload extends CollectionEventPayload {
  readonly added: readonly Uuid[]
  readonly removed: readonly Uuid[]
}

/** Products of one event. */
const CHUNK = 500

/** A collection was created, changed, published otherwise, or deleted. */
export const collectionEvent = (
  type: Exclude<(typeof COLLECTION_EVENTS)[number], 'CollectionProductsChanged.v1'>,
  { collectionId, slug, channelIds }: CollectionEventPayload,
): NewEvent => ({
  aggregate: 'collection',
  aggregateId: collectionId,
  type,
  payload: { collectionId, slug, channelIds: [...channelIds] },
  permission: 'catalog:write',
  ...(channelIds.length > 0 && { scope: { public: true } }),
})

/** Who came into a collection, and who left. */
export interface MembershipChange {
  readonly collectionId: Uuid
  readonly added: readonly Uuid[]
  readonly removed: readonly Uuid[]
}

const chunked = ({ collectionId, added, removed }: MembershipChange): MembershipChange[] => {
  const chunks: MembershipChange[] = []
  for (let start = 0; start < Math.max(added.length, removed.length); start += CHUNK)
    chunks.push({
      collectionId,
      added: added.slice(start, start + CHUNK),
      removed: removed.slice(start, start + CHUNK),
    })
  return chunks
}

/** Where collections are published, whether open at this moment or not, with their slugs. */
export const reachOfCollections = async (
  db: Executor<'collection' | 'collection_channel'>,
  ids: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, CollectionEventPayload>> => {
  const { rows } = await sql<CollectionEventPayload>`
    select id as "collectionId", slug, array(
      select channel_id from collection_channel where collection_id = collection.id order by channel_id
    )::text[] as "channelIds"
    from collection where id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.collectionId, row]))
}

/** The events of changed memberships, to be appended with those of what changed them. */
export const membershipEvents = async (
  db: Executor<'collection' | 'collection_channel'>,
  changes: readonly MembershipChange[],
): Promise<NewEvent[]> => {
  const told = changes.filter(({ added, removed }) => added.length + removed.length > 0)
  if (told.length === 0) return []
  const reach = await reachOfCollections(
    db,
    told.map(({ collectionId }) => collectionId),
  )
  return told.flatMap(chunked).map(({ collectionId, added, removed }) => {
    const { slug, channelIds } = reach.get(collectionId)!
    const payload: Json = {
      collectionId,
      slug,
      channelIds: [...channelIds],
      added: [...added],
      removed: [...removed],
    }
    return {
      aggregate: 'collection',
      aggregateId: collectionId,
      type: 'CollectionProductsChanged.v1',
      payload,
      permission: 'catalog:write',
      ...(channelIds.length > 0 && { scope: { public: true } }),
    }
  })
}
