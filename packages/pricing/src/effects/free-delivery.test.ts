import { describe, expect, it } from 'vitest'
import type { Effect } from '../effects.ts'
import { price } from '../price.ts'
import { context, lines, promotion, snapshot } from '../testing/shop.ts'

const cart = { lines: lines({ price: 5000 }), delivery: { amountMinor: 345n, taxClass: 'STANDARD' } }

const deliveryAfter = (effect: Effect) => price(cart, context(), snapshot([promotion('p', { effect })]))

describe('a promotion of delivery', () => {
  it('makes it free', () => {
    const { totals, delivery, applications } = deliveryAfter({ kind: 'FREE_DELIVERY' })
    expect(totals).toMatchObject({ delivery: 0n, net: 5000n, total: 6000n, discount: 0n })
    expect(delivery).toMatchObject({ list: 345n, discount: 345n, gross: 0n })
    expect(applications[0]).toMatchObject({
      class: 'SHIPPING',
      amount: 345n,
      allocations: [{ lineId: null, amount: 345n }],
    })
  })

  it.each<[string, Effect, bigint]>([
    ['by a share', { kind: 'PERCENT', ratePpm: 100_000, target: 'DELIVERY' }, 310n],
    ['by an amount', { kind: 'AMOUNT', amounts: { EUR: 100 }, target: 'DELIVERY' }, 245n],
    ['by at most what it costs', { kind: 'AMOUNT', amounts: { EUR: 1000 }, target: 'DELIVERY' }, 0n],
    ['to a price', { kind: 'FIXED_PRICE', amounts: { EUR: 199 }, target: 'DELIVERY' }, 199n],
    ['never to a higher price', { kind: 'FIXED_PRICE', amounts: { EUR: 999 }, target: 'DELIVERY' }, 345n],
  ])('makes it cheaper %s', (_, effect, delivery) => {
    expect(deliveryAfter(effect).totals.delivery).toBe(delivery)
  })

  it('says so when there is none', () => {
    const free = snapshot([promotion('p', { effect: { kind: 'FREE_DELIVERY' } })])
    expect(price({ lines: cart.lines }, context(), free).trace[0]?.code).toBe('NO_DELIVERY')
  })
})
