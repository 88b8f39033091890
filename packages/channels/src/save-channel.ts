import { appendEvents, changesBetween, type Changed, type Context, type NewEvent, waitTurn } from '@hilo/db'
import { type ChannelKind, COMMON, encodeId, type Localized, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { checkCode, checkName } from './check-settings.ts'
import { CHANNELS } from './errors.ts'
import { insertChannels, type NewChannel } from './insert-shop.ts'

/** What a new channel is told by: no price follows from it, since nothing is published there yet. */
export const CHANNEL_CREATED = 'ChannelCreated.v1'

/** What another name, or the closing or opening of a channel is told by. */
export const CHANNEL_UPDATED = 'ChannelUpdated.v1'

/** Most channels of a shop, closed ones included: they are read whole, and each has a shelf for every variant. */
export const MAX_CHANNELS = 1_000

interface ChannelFacts {
  readonly id: Uuid
  readonly code: string
  readonly kind: ChannelKind
  readonly active: boolean
  readonly version: number
}

const channelEvent = (
  type: typeof CHANNEL_CREATED | typeof CHANNEL_UPDATED,
  { id, code, kind, active, version }: ChannelFacts,
  changed: Changed,
): NewEvent => ({
  aggregate: 'channel',
  aggregateId: id,
  type,
  payload: { channelId: id, code, kind, active, version },
  permission: 'settings:write',
  changed,
})

/** Makes a channel in a market, open at once; nothing is published there yet. Its code, kind and market stay for ever. */
export const createChannel = async (
  ctx: Context,
  draft: NewChannel,
): Promise<Result<{ readonly channelId: Uuid }>> => {
  const { code, name, kind, marketId } = draft
  for (const checked of [checkCode(code), checkName(name)]) if (!checked.ok) return checked
  // Its currency stays from here on: whoever changes it waits, and counts this channel then.
  const market = await ctx.db
    .selectFrom('market')
    .select('code')
    .where('id', '=', marketId)
    .forKeyShare()
    .executeTakeFirst()
  if (!market) {
    return COMMON.refuse('NOT_FOUND', { kind: 'market', id: encodeId('market', marketId) }, ['marketId'])
  }
  await waitTurn(ctx.db, 'channel')
  const { count, taken } = await ctx.db
    .selectFrom('channel')
    .select([
      sql<number>`count(*)::int`.as('count'),
      sql<number>`(count(*) filter (where code = ${code}))::int`.as('taken'),
    ])
    .executeTakeFirstOrThrow()
  if (taken > 0) return CHANNELS.refuse('CHANNEL_CODE_TAKEN', { channelCode: code }, ['code'])
  if (count >= MAX_CHANNELS) return CHANNELS.refuse('TOO_MANY_CHANNELS', { max: MAX_CHANNELS })
  const channelId = (await insertChannels(ctx.db, [draft])).get(code)!
  await appendEvents(ctx, [
    channelEvent(
      CHANNEL_CREATED,
      { id: channelId, code, kind, active: true, version: 1 },
      changesBetween({}, { name, kind, market: market.code, active: true }),
    ),
  ])
  return ok({ channelId })
}

/** What a channel shall be; what is left out or null stays. */
export interface ChannelChange {
  readonly id: Uuid
  readonly ifVersion?: number | null | undefined
  readonly name?: Localized | null | undefined
  /** False closes it: requests from it are refused. What happened there stays. */
  readonly active?: boolean | null | undefined
}

/** Names a channel anew, closes it or opens it again. Refuses to close the default one. */
export const updateChannel = async (
  ctx: Context,
  { id, ifVersion, name, active }: ChannelChange,
): Promise<Result<{ readonly channelId: Uuid }>> => {
  const named = name ? checkName(name) : ok(null)
  if (!named.ok) return named
  const before = await ctx.db
    .selectFrom('channel')
    .select(['code', 'kind', 'name', 'active', 'version'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!before) return COMMON.refuse('NOT_FOUND', { kind: 'channel', id: encodeId('channel', id) }, ['id'])
  if (ifVersion != null && ifVersion !== before.version) {
    return COMMON.refuse('VERSION_CONFLICT', { current: before.version }, ['ifVersion'])
  }
  if (active === false && (await isDefault(ctx, id))) {
    return CHANNELS.refuse('CHANNEL_IS_DEFAULT', { channelCode: before.code }, ['active'])
  }
  const after = { name: name ?? (before.name as Localized), active: active ?? before.active }
  const version = before.version + 1
  await ctx.db
    .updateTable('channel')
    .set({ name: JSON.stringify(after.name), active: after.active, version })
    .where('id', '=', id)
    .execute()
  const { code, kind } = before
  await appendEvents(ctx, [
    channelEvent(
      CHANNEL_UPDATED,
      { id, code, kind: kind as ChannelKind, active: after.active, version },
      changesBetween({ name: before.name as Localized, active: before.active }, after),
    ),
  ])
  return ok({ channelId: id })
}

/** True when requests that name no channel come from this one; whoever makes it so waits for the channel. */
const isDefault = async ({ db }: Context, id: Uuid): Promise<boolean> =>
  (await db.selectFrom('shop').select('code').where('default_channel_id', '=', id).executeTakeFirst()) !==
  undefined
