import { type IdKind, ok, type Result, type Uuid } from '@hilo/kernel'
import { builder, readId } from '@hilo/graphql'
import { checkFilter, type OrderFilter } from '../order-filter.ts'
import type { OrderStatus } from '../order.ts'
import { OrderStatusEnum } from './order.ts'

/** A filter as a client sends it; everything stated must hold. */
interface Where {
  and?: Where[] | null
  or?: Where[] | null
  not?: Where | null
  status?: OrderStatus | null
  channel?: string | null
  number?: string | null
  customer?: string | null
  device?: string | null
  placedAfter?: Date | null
  placedBefore?: Date | null
}

export const OrderWhere = builder.inputRef<Where>('OrderWhere')

// Apart: its fields name it, and are asked for at once where a schema was made before this module was loaded.
OrderWhere.implement({
  description: 'Which orders: everything stated must hold. At most 100 parts.',
  fields: (t) => ({
    and: t.field({ type: [OrderWhere] }),
    or: t.field({ type: [OrderWhere], description: 'One is enough; none of an empty list.' }),
    not: t.field({ type: OrderWhere }),
    status: t.field({ type: OrderStatusEnum }),
    channel: t.string({ description: 'A channel’s code.' }),
    number: t.string({ description: 'The whole number, such as H-100001.' }),
    customer: t.id(),
    device: t.id(),
    placedAfter: t.field({ type: 'DateTime', description: 'At this moment or later.' }),
    placedBefore: t.field({ type: 'DateTime', description: 'Before this moment.' }),
  }),
})

const readOptional = (kind: IdKind, text: string | null | undefined): Result<Uuid | undefined> =>
  text == null ? ok(undefined) : readId(kind, text, ['where', kind])

const readAll = (branches: readonly Where[] | null | undefined): Result<OrderFilter[] | undefined> => {
  if (!branches) return ok(undefined)
  const filters: OrderFilter[] = []
  for (const branch of branches) {
    const filter = translate(branch)
    if (!filter.ok) return filter
    filters.push(filter.value)
  }
  return ok(filters)
}

const translate = (where: Where): Result<OrderFilter> => {
  const customerId = readOptional('customer', where.customer)
  if (!customerId.ok) return customerId
  const deviceId = readOptional('device', where.device)
  if (!deviceId.ok) return deviceId
  const and = readAll(where.and)
  if (!and.ok) return and
  const or = readAll(where.or)
  if (!or.ok) return or
  const not = where.not ? translate(where.not) : ok(undefined)
  if (!not.ok) return not
  return ok({
    and: and.value,
    or: or.value,
    not: not.value,
    status: where.status ?? undefined,
    channel: where.channel ?? undefined,
    number: where.number ?? undefined,
    customerId: customerId.value,
    deviceId: deviceId.value,
    placedAfter: where.placedAfter ?? undefined,
    placedBefore: where.placedBefore ?? undefined,
  })
}

/** The filter of a query: database ids, within the limits. */
export const readWhere = (where: Where | null | undefined): Result<OrderFilter> => {
  const filter = translate(where ?? {})
  return filter.ok ? checkFilter(filter.value) : filter
}
