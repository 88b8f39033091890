import { appendEvents, type Context } from '@hilo/db'
import { COMMON, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { publicationEvent } from '../events.ts'
import type { ProductStatus } from '../product.ts'

/** From when and until when something is seen; null or left out is open. Seen from `from` on, no longer at `until`. */
export interface Schedule {
  readonly from?: Date | null
  readonly until?: Date | null
}

/** From when and until when a product is seen in one of its channels. */
export interface ChannelSchedule extends Schedule {
  readonly channelId: Uuid
}

/** Refuses a schedule that ends before it begins. */
export const checkSchedule = ({ from, until }: Schedule, path: readonly string[]): Result<null> =>
  from && until && from >= until ? COMMON.refuse('PERIOD_INVALID', {}, [...path, 'until']) : ok(null)

/**
 * Says of all channels of a product at once from when and until when it is seen there; in those that are left out always.
 * Its status stays, and no channel is added. The caller has checked the schedules and holds the product.
 */
export const setSchedules = async (
  ctx: Context,
  productId: Uuid,
  schedules: readonly ChannelSchedule[],
): Promise<void> => {
  const { rows } = await sql<{ channel_id: Uuid; status: ProductStatus }>`
    with wanted as (
      select * from unnest(
        ${schedules.map(({ channelId }) => channelId)}::uuid[],
        ${schedules.map(({ from }) => from?.toISOString() ?? null)}::timestamptz[],
        ${schedules.map(({ until }) => until?.toISOString() ?? null)}::timestamptz[]
      ) as wanted(channel_id, since, until)
    )
    update product_channel set published_from = wanted.since, published_until = wanted.until
    from product_channel as own
    join product on product.id = own.product_id
    left join wanted on wanted.channel_id = own.channel_id
    where own.product_id = ${productId} and product_channel.product_id = own.product_id
      and product_channel.channel_id = own.channel_id
      and (product_channel.published_from, product_channel.published_until) is distinct from (wanted.since, wanted.until)
    returning product_channel.channel_id, product.status`.execute(ctx.db)
  if (rows.length === 0) return
  const channelIds = rows.map(({ channel_id }) => channel_id)
  const isPublic = rows[0]!.status === 'PUBLISHED'
  await appendEvents(ctx, [
    {
      ...publicationEvent({ productId, channelIds, isPublic }),
      changed: { publication: [null, { channels: channelIds.length }] as const },
    },
  ])
}
