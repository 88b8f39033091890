import type { Context } from '@hilo/db'
import { may, type Uuid } from '@hilo/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'

/** From where the catalogue is looked at, and whether drafts and other channels are seen too. */
export interface Viewpoint {
  readonly channelId: Uuid
  readonly seesAll: boolean
}

/** Who may read the catalogue, and the system, see everything; others what their channel sells. */
export const viewpoint = ({ actor, channel }: Pick<Context, 'actor' | 'channel'>): Viewpoint => ({
  channelId: channel.id,
  seesAll: may(actor, 'catalog:read'),
})

/** The tables that the predicate `isVisible` looks at. */
export type VisibilityTables = 'product' | 'product_channel'

/** SQL: the row of `product` is published and in the channel, or everything is seen from here. */
export const isVisible = ({ channelId, seesAll }: Viewpoint): RawBuilder<SqlBool> =>
  seesAll
    ? sql`true`
    : sql`product.status = 'PUBLISHED' and exists (
        select from product_channel
        where product_channel.product_id = product.id and product_channel.channel_id = ${channelId})`
