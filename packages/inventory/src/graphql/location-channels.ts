import { channel } from '@hilo/channels/graphql'
import { builder, defineMutation, loadAll, loadMany, readId, readIds } from '@hilo/graphql'
import { setChannelLocations } from '../channel-locations.ts'
import { channelsOfLocations, setLocationChannels } from '../location-channels.ts'
import { location } from './location.ts'

const servedBy = loadMany(
  ({ db }, locationIds) => channelsOfLocations(db, locationIds),
  ({ locationId }) => locationId,
)

builder.objectField(location.ref, 'channels', (t) =>
  t.field({
    type: [channel.ref],
    description: 'The channels whose orders are taken from its stock, by code.',
    resolve: async ({ id }, _args, ctx) => {
      const served = await servedBy(ctx, id)
      const rows = await loadAll(
        channel.byId,
        ctx,
        served.map(({ channelId }) => channelId),
      )
      return rows.filter((row) => row !== null)
    },
  }),
)

defineMutation('locationChannelsSet', {
  description:
    'Says which channels a location serves, all of them: a new channel sells nothing that is counted until a location serves it. What is reserved for orders stays. Refuses NOT_FOUND.',
  access: { permission: 'settings:write' },
  input: (t) => ({ id: t.id({ required: true }), channelIds: t.idList({ required: true }) }),
  run: async (ctx, input) => {
    const id = readId('location', input.id, ['id'])
    if (!id.ok) return id
    const channelIds = readIds('channel', input.channelIds, ['channelIds'])
    return channelIds.ok
      ? setLocationChannels(ctx, { locationId: id.value, channelIds: channelIds.value })
      : channelIds
  },
  payload: (t) => ({
    location: t.field({
      type: location.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && location.byId(ctx, value.locationId),
    }),
  }),
})

defineMutation('channelLocationsSet', {
  description:
    'Says which locations serve a channel, all of them; what they serve beside it stays. What is reserved for orders stays. Refuses NOT_FOUND.',
  access: { permission: 'settings:write' },
  input: (t) => ({ id: t.id({ required: true }), locationIds: t.idList({ required: true }) }),
  run: async (ctx, input) => {
    const id = readId('channel', input.id, ['id'])
    if (!id.ok) return id
    const locationIds = readIds('location', input.locationIds, ['locationIds'])
    return locationIds.ok
      ? setChannelLocations(ctx, { channelId: id.value, locationIds: locationIds.value })
      : locationIds
  },
  payload: (t) => ({
    channel: t.field({
      type: channel.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && channel.byId(ctx, value.channelId),
    }),
  }),
})
