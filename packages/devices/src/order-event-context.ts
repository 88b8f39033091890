import { channelsByIds } from '@hilo/channels'
import type { Context, StoredEvent, FullExecutor } from '@hilo/db'
import { marketReader, SYSTEM, type Clock } from '@hilo/kernel'

/** The context of work that an event of an order asks for: the system's, in the channel of the order. */
export const orderEventContext = async (
  tx: FullExecutor,
  event: StoredEvent,
  clock: Clock,
): Promise<Context> => {
  const order = await tx
    .selectFrom('order')
    .select('channel_id')
    .where('id', '=', event.aggregateId)
    .executeTakeFirstOrThrow()
  const channel = (await channelsByIds(tx, [order.channel_id]))[0]!
  return {
    db: tx,
    actor: SYSTEM,
    channel,
    ...marketReader(channel.market),
    now: clock,
    correlationId: event.correlationId ?? event.position,
  }
}
