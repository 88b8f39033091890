import { channelsByIds } from '@hilo/channels'
import type { Context } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import type { Place } from '@hilo/pricing'
import { checkPlace } from '../check-place.ts'
import { checkViewing, memberships } from '../view-as/viewer.ts'
import { PARITY } from './errors.ts'
import { MAX_VALUES, type ParityDimensions } from './grid.ts'

/** Dimensions as staff name them. */
export interface DimensionsRequest {
  readonly channelIds: readonly Uuid[]
  /** Segments; null is a guest. None: a guest only. */
  readonly segmentIds: readonly (Uuid | null)[]
  /** Kinds of devices; null is no device. None: no device only. */
  readonly deviceKinds: readonly (string | null)[]
  /** None: now. */
  readonly times: readonly Date[]
  readonly place?: Place | null
}

const orOne = <Value>(values: readonly Value[], otherwise: Value): readonly Value[] =>
  values.length > 0 ? [...new Set(values)] : [otherwise]

/** Each moment once: two dates of the same instant are two objects. */
const distinct = (times: readonly Date[]): Date[] =>
  [...new Set(times.map((time) => time.getTime()))].map((time) => new Date(time))

/**
 * Dimensions out of a request. Refuses `NOT_FOUND`, `FORBIDDEN` for a channel in which the actor may not read prices and
 * promotions, `PLACE_INVALID` and `PARITY_DIMENSION_TOO_LARGE`.
 */
export const readDimensions = async (
  ctx: Context,
  { channelIds, segmentIds, deviceKinds, times, place }: DimensionsRequest,
): Promise<Result<ParityDimensions>> => {
  const dimensions = { channelIds, segmentIds, deviceKinds, times }
  for (const [name, values] of Object.entries(dimensions)) {
    if (values.length > MAX_VALUES)
      return PARITY.refuse('PARITY_DIMENSION_TOO_LARGE', { max: MAX_VALUES }, [name])
  }
  const placed = checkPlace(place, ['place'])
  if (!placed.ok) return placed
  const wanted = [...new Set(channelIds)]
  const channels = wanted.length > 0 ? await channelsByIds(ctx.db, wanted) : [ctx.channel]
  const missing = wanted.find((id) => channels.every((channel) => channel.id !== id))
  if (missing) {
    return COMMON.refuse('NOT_FOUND', { kind: 'channel', id: encodeId('channel', missing) }, ['channelIds'])
  }
  for (const { id } of channels) {
    const allowed = checkViewing(ctx, id, ['channelIds'])
    if (!allowed.ok) return allowed
  }
  const named = segmentIds.filter((id) => id !== null)
  const { segments } = await memberships(ctx.db, { customerGroupIds: [], segmentIds: named })
  const byId = new Map(segments.map((segment) => [segment.id, segment]))
  const unknown = named.find((id) => !byId.has(id))
  if (unknown) {
    return COMMON.refuse('NOT_FOUND', { kind: 'segment', id: encodeId('segment', unknown) }, ['segmentIds'])
  }
  const inOrder = wanted.length > 0 ? wanted.map((id) => channels.find((one) => one.id === id)!) : channels
  return ok({
    channels: inOrder,
    segments: orOne(segmentIds, null).map((id) => (id === null ? null : byId.get(id)!)),
    deviceKinds: orOne(deviceKinds, null),
    times: times.length > 0 ? distinct(times) : [ctx.now()],
    ...(place && { place }),
  })
}
