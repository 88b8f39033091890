import { appendEvents, changesBetween, type Context } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import { checkName } from './check-settings.ts'
import { CHANNELS } from './errors.ts'
import { SHOP_ID } from './shop-queries.ts'

/** What another name or default channel of the shop is told by. */
export const SHOP_UPDATED = 'ShopUpdated.v1'

/** What the shop shall be; what is left out or null stays. */
export interface ShopChange {
  readonly name?: string | null | undefined
  /** The channel of requests that name none: an open one. */
  readonly defaultChannelId?: Uuid | null | undefined
}

/** Holds the channel, so that it is not closed meanwhile. */
const checkDefault = async ({ db }: Context, id: Uuid): Promise<Result<null>> => {
  const path = ['defaultChannelId']
  const channel = await db
    .selectFrom('channel')
    .select(['code', 'active'])
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst()
  if (!channel) return COMMON.refuse('NOT_FOUND', { kind: 'channel', id: encodeId('channel', id) }, path)
  return channel.active ? ok(null) : CHANNELS.refuse('CHANNEL_NOT_OPEN', { channelCode: channel.code }, path)
}

/** Names the shop anew, or has another channel answer whoever names none. */
export const updateShop = async (
  ctx: Context,
  { name, defaultChannelId }: ShopChange,
): Promise<Result<{ readonly shopId: Uuid }>> => {
  const named = name == null ? ok(null) : checkName({ name })
  if (!named.ok) return named
  const chosen = defaultChannelId == null ? ok(null) : await checkDefault(ctx, defaultChannelId)
  if (!chosen.ok) return chosen
  const before = await ctx.db
    .selectFrom('shop')
    .select(['name', 'default_channel_id'])
    .forUpdate()
    .executeTakeFirst()
  if (!before) return COMMON.refuse('NOT_FOUND', { kind: 'shop', id: '' }, [])
  const after = { name: name ?? before.name, defaultChannelId: defaultChannelId ?? before.default_channel_id }
  await ctx.db
    .updateTable('shop')
    .set({ name: after.name, default_channel_id: after.defaultChannelId })
    .execute()
  await appendEvents(ctx, [
    {
      aggregate: 'shop',
      aggregateId: SHOP_ID,
      type: SHOP_UPDATED,
      payload: after,
      permission: 'settings:write',
      changed: changesBetween({ name: before.name, defaultChannelId: before.default_channel_id }, after),
    },
  ])
  return ok({ shopId: SHOP_ID })
}
