import { appendEvents, type Context } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import { channelsOfLocations, servesOthers } from './location-channels.ts'

const notFound = (kind: 'channel' | 'location', id: Uuid, path: readonly string[]) =>
  COMMON.refuse('NOT_FOUND', { kind, id: encodeId(kind, id) }, path)

/** Says which locations serve a channel; what they serve beside it stays. What is reserved there already stays too. */
export const setChannelLocations = async (
  ctx: Context,
  { channelId, locationIds }: { readonly channelId: Uuid; readonly locationIds: readonly Uuid[] },
): Promise<Result<{ readonly channelId: Uuid }>> => {
  const channel = await ctx.db
    .selectFrom('channel')
    .select('id')
    .where('id', '=', channelId)
    .forKeyShare()
    .executeTakeFirst()
  if (!channel) return notFound('channel', channelId, ['id'])
  // All of them: one that is told meanwhile to serve this channel would be left out otherwise.
  const locations = await ctx.db
    .selectFrom('location')
    .select(['id', 'code'])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const unknown = locationIds.findIndex((id) => !locations.some((location) => location.id === id))
  if (unknown >= 0) {
    return notFound('location', locationIds[unknown]!, ['locationIds', String(unknown)])
  }
  if (locations.length === 0) return ok({ channelId })
  const ids = locations.map(({ id }) => id)
  const served = Map.groupBy(await channelsOfLocations(ctx.db, ids), ({ locationId }) => locationId)
  const changes = locations.flatMap((location) => {
    const before = (served.get(location.id) ?? []).map((row) => row.channelId)
    const shall = locationIds.includes(location.id)
    if (before.includes(channelId) === shall) return []
    const after = shall ? [...before, channelId] : before.filter((id) => id !== channelId)
    return [{ location, before, after, shall }]
  })
  if (changes.length === 0) return ok({ channelId })
  const left = changes.flatMap(({ location, shall }) => (shall ? [] : [location.id]))
  if (left.length > 0) {
    await ctx.db
      .deleteFrom('location_channel')
      .where('channel_id', '=', channelId)
      .where('location_id', 'in', left)
      .execute()
  }
  const joined = changes.flatMap(({ location, shall }) =>
    shall ? [{ location_id: location.id, channel_id: channelId }] : [],
  )
  if (joined.length > 0) await ctx.db.insertInto('location_channel').values(joined).execute()
  await appendEvents(
    ctx,
    changes.map(({ location, before, after }) => servesOthers(location, before, after)),
  )
  return ok({ channelId })
}
