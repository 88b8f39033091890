import { builder, readId, readIds } from '@hilo/graphql'
import { ok, type Result } from '@hilo/kernel'
import type { ViewerRequest } from '../view-as/viewer.ts'
import { PlaceInput } from './place.ts'

export const ViewerInput = builder.inputType('ViewerInput', {
  description:
    'Somebody who is not there. A group, a segment, a tier or a number of orders makes a customer of them, else they are a guest.',
  fields: (t) => ({
    channelId: t.id({ description: 'Absent: the channel of the request.' }),
    customerGroupIds: t.idList(),
    segmentIds: t.idList(),
    loyaltyTier: t.string(),
    orderCount: t.int({ description: 'Orders placed before.' }),
    deviceKind: t.string({ description: 'The kind of a device type, such as APPLIANCE.' }),
    country: t.field({ type: 'CountryCode', description: 'Of the delivery. Absent: the market’s home.' }),
    place: t.field({ type: PlaceInput }),
    at: t.field({ type: 'DateTime', description: 'Absent: now.' }),
    paymentMethod: t.string(),
    deliveryMethod: t.string(),
  }),
})

/** A viewer out of an input, with database ids. */
export const readViewerInput = (input: typeof ViewerInput.$inferInput): Result<ViewerRequest> => {
  const { channelId, customerGroupIds, segmentIds, ...rest } = input
  const channel = channelId != null ? readId('channel', channelId, ['viewer', 'channelId']) : ok(null)
  if (!channel.ok) return channel
  const groups = readIds('customerGroup', customerGroupIds ?? [], ['viewer', 'customerGroupIds'])
  if (!groups.ok) return groups
  const segments = readIds('segment', segmentIds ?? [], ['viewer', 'segmentIds'])
  return segments.ok
    ? ok({ ...rest, channelId: channel.value, customerGroupIds: groups.value, segmentIds: segments.value })
    : segments
}
