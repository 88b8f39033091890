import { within } from '@hilo/db'
import { type Actor, reachOf } from '@hilo/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'

/**
 * SQL: the row of `device` is one the actor may see: of the channels where it may read devices or is the edge, a
 * customer's own, a device itself.
 */
export const visibleTo = (actor: Actor): RawBuilder<SqlBool> => {
  if (actor.kind === 'device') return sql`device.id = ${actor.deviceId}`
  if (actor.kind === 'customer') return sql`device.customer_id = ${actor.customerId}`
  const [reading, edge] = [reachOf(actor, 'devices:read'), reachOf(actor, 'edge')]
  return sql`(${within(reading, 'device.channel_id')} or ${within(edge, 'device.channel_id')})`
}

/** SQL: the row of `device` is one the actor may change: of its channels, or a customer's own. A device never changes itself. */
export const changeableBy = (actor: Actor): RawBuilder<SqlBool> =>
  actor.kind === 'customer'
    ? sql`device.customer_id = ${actor.customerId}`
    : within(reachOf(actor, 'devices:write'), 'device.channel_id')
