import type { StoredEvent } from '@hilo/db'
import { builder, defineSubscription, toGlobalId } from '@hilo/graphql'
import { decodeId } from '@hilo/kernel'
import { COLLECTION_EVENTS, type CollectionEventPayload } from '../collections/collection-events.ts'
import { viewpoint } from '../visibility.ts'
import { collection } from './nodes.ts'

const payloadOf = (event: StoredEvent) => event.payload as CollectionEventPayload

const CollectionChange = builder.objectRef<StoredEvent>('CollectionChange').implement({
  description: 'A collection, its order or its products changed, or where it is published.',
  fields: (t) => ({
    eventId: t.id({ description: 'Resume after it with `after`.', resolve: ({ position }) => position }),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
    collectionId: t.id({ resolve: (event) => toGlobalId('Collection', payloadOf(event).collectionId) }),
    collection: t.field({
      type: collection.ref,
      nullable: true,
      description: 'As it is now; null when it is no longer to be seen here.',
      resolve: (event, _args, ctx) => collection.byId(ctx, payloadOf(event).collectionId),
    }),
  }),
})

defineSubscription('collectionChanged', {
  description:
    'Tells of collections published in this channel, before or after the change; staff hear of all.',
  type: CollectionChange,
  access: { anyone: true },
  publicAnswer: true,
  events: COLLECTION_EVENTS,
  args: (arg) => ({ ids: arg.idList({ description: 'Only of these.' }) }),
  wants: (event, { ids }, ctx) => {
    const { collectionId, channelIds } = payloadOf(event)
    const { seesAll, channelId } = viewpoint(ctx)
    return (
      (seesAll || channelIds.includes(channelId)) &&
      (!ids || ids.some((id) => decodeId('collection', id) === collectionId))
    )
  },
  resolve: (event) => event,
})
