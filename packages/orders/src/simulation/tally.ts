import type { Uuid } from '@hilo/kernel'
import { costOf, type VariantCost } from '@hilo/prices'
import type { PricedCart } from '@hilo/pricing'
import type { AffectedOrder, SimulatedDay, SimulatedSums, SimulationResult } from './simulation.ts'

/** One order or cart, reckoned without and with the draft. */
export interface Pair {
  readonly kind: 'orders' | 'carts'
  readonly before: PricedCart
  readonly after: PricedCart
  readonly at: Date
  /** Of an order. */
  readonly order?: { readonly id: Uuid; readonly number: string; readonly total: bigint }
  /** What variants cost the shop itself; absent where nobody said. */
  readonly costs: ReadonlyMap<Uuid, VariantCost>
}

/** Orders of a currency that are kept as the most affected. */
const MOST = 10

interface Running {
  count: number
  touched: number
  exact: number
  lines: number
  linesWithCost: number
  readonly revenue: [bigint, bigint]
  readonly discount: [bigint, bigint]
  readonly margin: [bigint, bigint]
  readonly points: [number, number]
}

const opened = (): Running => ({
  count: 0,
  touched: 0,
  exact: 0,
  lines: 0,
  linesWithCost: 0,
  revenue: [0n, 0n],
  discount: [0n, 0n],
  margin: [0n, 0n],
  points: [0, 0],
})

interface Affected extends Omit<AffectedOrder, 'total'> {
  readonly before: bigint
  readonly after: bigint
}

interface Day {
  touched: number
  readonly revenue: [bigint, bigint]
}

const discountOf = ({ applications }: PricedCart): bigint =>
  applications.reduce((sum, { amount }) => sum + amount, 0n)

const marginOf = ({ lines }: PricedCart, costs: Pair['costs']): bigint =>
  lines.reduce((sum, { variantId, quantity, net }) => {
    const cost = costs.get(variantId)
    return cost === undefined ? sum : sum + net - costOf(cost, quantity)
  }, 0n)

const differs = (before: PricedCart, after: PricedCart): boolean =>
  before.totals.total !== after.totals.total ||
  before.points !== after.points ||
  before.gifts.length !== after.gifts.length ||
  discountOf(before) !== discountOf(after)

const distance = ({ before, after }: Affected): bigint => (before > after ? before - after : after - before)

const add = (sums: [bigint, bigint], before: bigint, after: bigint): void => {
  sums[0] += before
  sums[1] += after
}

const entryOf = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const there = map.get(key) ?? make()
  map.set(key, there)
  return there
}

const compared = ([before, after]: readonly [bigint, bigint]) => ({
  before: before.toString(),
  after: after.toString(),
})

/** Adds pairs up in bounded memory: sums, days, and the orders that change most. */
export const createTally = () => {
  const sums = { orders: new Map<string, Running>(), carts: new Map<string, Running>() }
  const days = new Map<string, Day>()
  const affected = new Map<string, Affected[]>()

  const addDay = ({ before, after, at }: Pair): void => {
    const day = entryOf(days, `${at.toISOString().slice(0, 10)} ${before.currency}`, () => ({
      touched: 0,
      revenue: [0n, 0n] as [bigint, bigint],
    }))
    add(day.revenue, before.totals.total, after.totals.total)
    if (differs(before, after)) day.touched += 1
  }

  const addAffected = ({ before, after, order }: Pair): void => {
    if (!order || before.totals.total === after.totals.total) return
    const { currency } = before
    const all = entryOf(affected, currency, (): Affected[] => [])
    all.push({
      orderId: order.id,
      number: order.number,
      currency,
      before: before.totals.total,
      after: after.totals.total,
    })
    all.sort((a, b) => Number(distance(b) - distance(a)) || (a.orderId < b.orderId ? -1 : 1))
    all.splice(MOST)
  }

  return {
    add: (pair: Pair): void => {
      const { kind, before, after, costs, order } = pair
      const running = entryOf(sums[kind], before.currency, opened)
      running.count += 1
      if (differs(before, after)) running.touched += 1
      if (order && order.total === before.totals.total) running.exact += 1
      running.lines += before.lines.length
      running.linesWithCost += before.lines.filter(({ variantId }) => costs.has(variantId)).length
      add(running.revenue, before.totals.total, after.totals.total)
      add(running.discount, discountOf(before), discountOf(after))
      add(running.margin, marginOf(before, costs), marginOf(after, costs))
      running.points[0] += before.points
      running.points[1] += after.points
      if (kind === 'carts') return
      addDay(pair)
      addAffected(pair)
    },
    result: (): SimulationResult => {
      const shown = (all: ReadonlyMap<string, Running>): SimulatedSums[] =>
        [...all]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([currency, { revenue, discount, margin, points, ...counts }]) => ({
            currency,
            ...counts,
            revenue: compared(revenue),
            discount: compared(discount),
            margin: compared(margin),
            points: { before: points[0], after: points[1] },
          }))
      return {
        orders: shown(sums.orders),
        carts: shown(sums.carts),
        days: [...days]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, { touched, revenue }]): SimulatedDay => {
            const [day, currency] = key.split(' ') as [string, string]
            return { day, currency, touched, revenue: compared(revenue) }
          }),
        mostAffected: [...affected.values()].flat().map(({ before, after, ...order }) => ({
          ...order,
          total: compared([before, after]),
        })),
      }
    },
  }
}

/** What adds pairs up. */
export type Tally = ReturnType<typeof createTally>
