import { appendEvents, changesBetween, type Context, type Executor, type NewEvent } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'

/** What is told when a location serves other channels: what can be had there is another. */
export const LOCATION_CHANNELS_SET = 'LocationChannelsSet.v1'

/** The channels that locations serve, in the order of their codes. */
export const channelsOfLocations = (
  db: Executor<'location_channel' | 'channel'>,
  locationIds: readonly Uuid[],
): Promise<{ readonly locationId: Uuid; readonly channelId: Uuid }[]> =>
  db
    .selectFrom('location_channel')
    .innerJoin('channel', 'channel.id', 'location_channel.channel_id')
    .select(['location_id as locationId', 'channel_id as channelId'])
    .where('location_id', 'in', locationIds)
    .orderBy('channel.code')
    .execute()

/** What is told of a location that serves other channels than before. */
export const servesOthers = (
  { id, code }: { readonly id: Uuid; readonly code: string },
  before: readonly Uuid[],
  after: readonly Uuid[],
): NewEvent => {
  const [was, is] = [before.toSorted(), after.toSorted()]
  return {
    aggregate: 'location',
    aggregateId: id,
    type: LOCATION_CHANNELS_SET,
    payload: { locationId: id, code, channelIds: is },
    permission: 'settings:write',
    changed: changesBetween({ channelIds: was }, { channelIds: is }),
  }
}

/** Says which channels a location serves: their orders are taken from its stock. What is reserved there already stays. */
export const setLocationChannels = async (
  ctx: Context,
  { locationId, channelIds }: { readonly locationId: Uuid; readonly channelIds: readonly Uuid[] },
): Promise<Result<{ readonly locationId: Uuid }>> => {
  const wanted = [...new Set(channelIds)]
  const location = await ctx.db
    .selectFrom('location')
    .select('code')
    .where('id', '=', locationId)
    // Stock may come in meanwhile.
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!location) {
    return COMMON.refuse('NOT_FOUND', { kind: 'location', id: encodeId('location', locationId) }, ['id'])
  }
  const { rows } = await sql<{ id: Uuid }>`
    select id from unnest(${wanted}::uuid[]) as asked (id)
    where not exists (select from channel where channel.id = asked.id) limit 1`.execute(ctx.db)
  const [unknown] = rows
  if (unknown) {
    const id = encodeId('channel', unknown.id)
    return COMMON.refuse('NOT_FOUND', { kind: 'channel', id }, [
      'channelIds',
      String(channelIds.indexOf(unknown.id)),
    ])
  }
  const before = (await channelsOfLocations(ctx.db, [locationId])).map(({ channelId }) => channelId)
  await ctx.db.deleteFrom('location_channel').where('location_id', '=', locationId).execute()
  if (wanted.length > 0) {
    await ctx.db
      .insertInto('location_channel')
      .values(wanted.map((channelId) => ({ location_id: locationId, channel_id: channelId })))
      .execute()
  }
  await appendEvents(ctx, [servesOthers({ id: locationId, code: location.code }, before, wanted)])
  return ok({ locationId })
}
