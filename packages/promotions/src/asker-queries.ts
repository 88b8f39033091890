import { factsOfCustomers } from '@hilo/customers'
import { type FullExecutor, readTogether } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import type { PricingContext } from '@hilo/pricing'
import { type RawBuilder, sql } from 'kysely'

/** What prices and promotions look at in who asks. */
type AskerFacts = Pick<PricingContext, 'customer' | 'device'>

/** Who asks: nobody for a guest. */
interface Asking {
  readonly customerId?: Uuid | null | undefined
  readonly deviceId?: Uuid | null | undefined
}

const ordersOf = (
  customerIds: readonly Uuid[],
): RawBuilder<{ readonly id: Uuid; readonly count: number }> => sql`
  select customer_id as id, count(*)::int as count from "order"
  where customer_id = any(${customerIds}::uuid[]) and status <> 'CANCELLED' and not test
  group by customer_id`

const kindsOf = (deviceIds: readonly Uuid[]): RawBuilder<{ readonly id: Uuid; readonly kind: string }> => sql`
  select device.id, device_type.kind from device join device_type on device_type.id = device.device_type_id
  where device.id = any(${deviceIds}::uuid[])`

const known = (ids: readonly (Uuid | null | undefined)[]): Uuid[] => [
  ...new Set(ids.filter((id) => id != null)),
]

/** The facts of many who ask, in one statement; none when all are guests. */
export const askersFacts = async (
  db: FullExecutor,
  askers: readonly Asking[],
  now: Date,
): Promise<(asker: Asking) => AskerFacts> => {
  const customerIds = known(askers.map(({ customerId }) => customerId))
  const deviceIds = known(askers.map(({ deviceId }) => deviceId))
  if (customerIds.length + deviceIds.length === 0) return () => ({})
  const read = await readTogether(db, {
    customers: factsOfCustomers(customerIds, now),
    orders: ordersOf(customerIds),
    devices: kindsOf(deviceIds),
  })
  const customers = new Map(read.customers.map((row) => [row.id, row]))
  const orders = new Map(read.orders.map(({ id, count }) => [id, count]))
  const kinds = new Map(read.devices.map(({ id, kind }) => [id, kind]))
  return ({ customerId, deviceId }) => {
    const facts = customerId ? customers.get(customerId) : undefined
    const kind = deviceId ? kinds.get(deviceId) : undefined
    return {
      ...(customerId && {
        customer: {
          id: customerId,
          groups: facts?.groups ?? [],
          segments: facts?.segments ?? [],
          ...(facts?.loyaltyTier && { loyaltyTier: facts.loyaltyTier }),
          orderCount: orders.get(customerId) ?? 0,
        },
      }),
      ...(kind && { device: { kind } }),
    }
  }
}

/** The facts of one who asks: nothing for a guest, and no statement. */
export const askerFacts = async (
  db: FullExecutor,
  { now, ...asker }: Asking & { readonly now: Date },
): Promise<AskerFacts> => (await askersFacts(db, [asker], now))(asker)
