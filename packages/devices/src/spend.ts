import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'

/** Money on a day (UTC) of a device, in minor units of its channel's currency. */
export interface Spending {
  readonly deviceId: Uuid
  readonly at: Date
  readonly amountMinor: bigint
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** Adds to what a device has spent on a day when that stays within the limit; true when it did. */
export const spend = async (
  db: Executor<'device_spend'>,
  { deviceId, at, amountMinor }: Spending,
  limitMinor: bigint,
): Promise<boolean> => {
  if (amountMinor > limitMinor) return false
  const spent = await db
    .insertInto('device_spend')
    .values({ device_id: deviceId, day: dayOf(at), amount_minor: amountMinor })
    .onConflict((conflict) =>
      conflict
        .columns(['device_id', 'day'])
        .doUpdateSet((eb) => ({
          amount_minor: eb('device_spend.amount_minor', '+', eb.ref('excluded.amount_minor')),
        }))
        .where((eb) =>
          eb(eb('device_spend.amount_minor', '+', eb.ref('excluded.amount_minor')), '<=', limitMinor),
        ),
    )
    .returning('amount_minor')
    .executeTakeFirst()
  return spent !== undefined
}

/** Takes an order that was cancelled off the day it was bought on. */
export const unspend = async (
  db: Executor<'device_spend'>,
  { deviceId, at, amountMinor }: Spending,
): Promise<void> => {
  await db
    .updateTable('device_spend')
    .set((eb) => ({ amount_minor: eb('amount_minor', '-', amountMinor) }))
    .where('device_id', '=', deviceId)
    .where('day', '=', dayOf(at))
    .where('amount_minor', '>=', amountMinor)
    .execute()
}
