import { within } from '@hilo/db'
import type { Reach } from '@hilo/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'

/** SQL: the customer has met the shop in a channel that is reached. */
export const metIn = (reach: Reach, customerId: string): RawBuilder<SqlBool> =>
  reach === 'all'
    ? sql`true`
    : sql`exists (select from customer_channel
        where customer_channel.customer_id = ${sql.ref(customerId)} and ${within(reach, 'customer_channel.channel_id')})`
