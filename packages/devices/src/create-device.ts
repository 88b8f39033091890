import { isPrintable, newToken, readName, Secret } from '@hilo/access'
import { channelByCode } from '@hilo/channels'
import { type Context, within } from '@hilo/db'
import { COMMON, encodeId, may, mayIn, ok, reachOf, type Result, type Uuid } from '@hilo/kernel'
import { allDeviceTypes } from './device-queries.ts'
import { DEVICES } from './errors.ts'
import { insertDevices } from './insert-devices.ts'

/** A device to register. */
export interface NewDevice {
  readonly typeCode: string
  readonly name: string
  /** Whose it is; staff say it, a customer registers their own. */
  readonly ownerId?: Uuid | null
  /** Code of the channel it buys in. */
  readonly channel: string
}

/** The owner of a device that this actor registers: of staff of some channels, a customer who has met the shop there. */
const findOwner = async ({ db, actor }: Context, asked: Uuid | null | undefined): Promise<Result<Uuid>> => {
  if (actor.kind === 'customer') {
    const isOther = asked && asked !== actor.customerId
    return isOther
      ? COMMON.refuse('FORBIDDEN', { permission: 'devices:write' }, ['ownerId'])
      : ok(actor.customerId)
  }
  if (!may(actor, 'devices:write')) return COMMON.refuse('FORBIDDEN', { permission: 'devices:write' })
  if (!asked) return DEVICES.refuse('OWNER_REQUIRED', {}, ['ownerId'])
  // Whoever registers a device sees its owner from then on, and holds what buys for them.
  const reach = reachOf(actor, 'devices:write')
  const found = await db
    .selectFrom('customer')
    .select('id')
    .where('id', '=', asked)
    .$if(reach !== 'all', (query) =>
      query.where('id', 'in', (eb) =>
        eb
          .selectFrom('customer_channel')
          .select('customer_id')
          .where(within(reach, 'customer_channel.channel_id')),
      ),
    )
    .executeTakeFirst()
  return found
    ? ok(asked)
    : COMMON.refuse('NOT_FOUND', { kind: 'customer', id: encodeId('customer', asked) }, ['ownerId'])
}

/**
 * Registers a device. Its credential is shown once: a replay of the request has none. Refuses with `NAME_INVALID`,
 * `NOT_FOUND` (type, channel, owner), `OWNER_REQUIRED`, `FORBIDDEN`.
 */
export const createDevice = async (
  ctx: Context,
  input: NewDevice,
): Promise<Result<{ readonly id: Uuid; readonly credential: Secret }>> => {
  const name = readName(input.name)
  if (!name.ok) return name
  const owner = await findOwner(ctx, input.ownerId)
  if (!owner.ok) return owner
  const type = (await allDeviceTypes(ctx.db)).find(({ code }) => code === input.typeCode)
  if (!type) {
    return COMMON.refuse('NOT_FOUND', { kind: 'deviceType', id: input.typeCode.slice(0, 60) }, ['typeCode'])
  }
  const channel = isPrintable(input.channel) ? await channelByCode(ctx.db, input.channel) : undefined
  const isStaff = ctx.actor.kind !== 'customer'
  if (channel && isStaff && !mayIn(ctx.actor, 'devices:write', { channelId: channel.id })) {
    return COMMON.refuse('FORBIDDEN', { permission: 'devices:write' }, ['channel'])
  }
  if (!channel) {
    return COMMON.refuse('NOT_FOUND', { kind: 'channel', id: input.channel.slice(0, 60) }, ['channel'])
  }
  const credential = newToken('credential')
  const device = {
    typeId: type.id,
    name: name.value,
    ownerId: owner.value,
    channelId: channel.id,
    credential,
  }
  const [id] = await insertDevices(ctx, [device])
  return ok({ id: id!, credential: new Secret(credential) })
}
