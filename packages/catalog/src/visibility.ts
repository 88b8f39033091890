import type { Context } from '@hilo/db'
import { may, type Uuid } from '@hilo/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'

/** From where and when the catalogue is looked at, and whether drafts and other channels are seen too. */
export interface Viewpoint {
  readonly channelId: Uuid
  readonly seesAll: boolean
  readonly now: Date
}

/** Who may read the catalogue, and the system, see everything; others what their channel sells now. */
export const viewpoint = ({
  actor,
  channel,
  now,
}: Pick<Context, 'actor' | 'channel' | 'now'>): Viewpoint => ({
  channelId: channel.id,
  seesAll: may(actor, 'catalog:read'),
  now: now(),
})

/** The tables that the predicate `isVisible` looks at. */
export type VisibilityTables = 'product' | 'product_channel'

/** SQL: a publication of this table holds at a moment: from its begin on, and no longer at its end. */
export const isOpen = (table: 'product_channel' | 'collection_channel', now: Date): RawBuilder<SqlBool> => {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  return sql`(${column('published_from')} is null or ${column('published_from')} <= ${now}::timestamptz)
    and (${column('published_until')} is null or ${column('published_until')} > ${now}::timestamptz)`
}

/** SQL: the row of `product` is published in the channel at this moment, or everything is seen from here. */
export const isVisible = ({ channelId, seesAll, now }: Viewpoint): RawBuilder<SqlBool> =>
  seesAll
    ? sql`true`
    : sql`product.status = 'PUBLISHED' and exists (
        select from product_channel
        where product_channel.product_id = product.id and product_channel.channel_id = ${channelId}
          and ${isOpen('product_channel', now)})`
