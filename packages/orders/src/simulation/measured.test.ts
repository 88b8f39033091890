import type { Channel } from '@hilo/kernel'
import { compilePromotion, price } from '@hilo/pricing'
import { expect, test } from 'vitest'
import { unwrap } from '@hilo/kernel'
import type { PastOrder } from './past-orders.ts'
import { repriceOrder, versionOf } from './reprice-order.ts'
import { createTally } from './tally.ts'

const channel = {
  id: 'web',
  code: 'web',
  kind: 'WEB',
  market: { id: 'eu', code: 'eu', currency: 'EUR', pricesIncludeTax: false },
} as unknown as Channel

const tenth = {
  id: 'tenth',
  version: 1,
  name: { en: 'A tenth' },
  compiled: unwrap(
    compilePromotion({
      v: 1,
      trigger: 'AUTOMATIC',
      effect: { kind: 'PERCENT', ratePpm: 100_000, target: 'ITEM' },
    }),
  ),
}

/** 777 g of cheese at 10.00 a kilogram, less a tenth on the shelf. */
const order: PastOrder = {
  id: 'order',
  number: '1',
  customerId: null,
  deviceId: null,
  channelId: 'web',
  country: 'ES',
  pricesIncludeTax: false,
  currency: 'EUR',
  delivery: '0',
  total: '699',
  paymentMethod: null,
  deliveryMethod: null,
  latitude: null,
  longitude: null,
  placedAt: new Date('2026-06-15T12:00:00Z'),
  ordersBefore: 0,
  lines: [
    {
      id: 'line',
      variantId: 'cheese',
      productId: 'cheese',
      sku: 'CHEESE',
      quantity: 777,
      priceId: null,
      unitList: '1000',
      unit: '900',
      taxRatePpm: 0,
      quoted: null,
    },
  ],
  applications: [
    {
      promotionId: 'tenth',
      version: 1,
      couponCode: null,
      class: 'CATALOG',
      allocations: [{ lineId: 'line', amountMinor: 78 }],
    },
  ],
}

const { cart, context, snapshot } = repriceOrder(order, {
  channel,
  facts: new Map([
    [
      'cheese',
      {
        variantId: 'cheese',
        productId: 'cheese',
        sku: 'CHEESE',
        taxClass: 'STANDARD',
        measure: { scale: 3 },
      },
    ],
  ]),
  promotions: new Map([[versionOf('tenth', 1), tenth]]),
  asker: {},
  deliveryRatePpm: 0,
})
const priced = price(cart, context, snapshot)

test('What was sold by measure comes out as it was, promotions of the shelf with it', () => {
  expect(priced.lines[0]).toMatchObject({ unit: 900n, unitList: 1000n })
  expect(priced.totals.total).toBe(699n)
})

test('What is sold by measure costs the shop by the whole measure', () => {
  const tally = createTally()
  const costs = new Map([['cheese', { amountMinor: 400n, scale: 3 }]])
  tally.add({ kind: 'orders', before: priced, after: priced, at: order.placedAt, costs })
  // 777 g at 4.00 a kilogram are 3.11.
  expect(tally.result().orders).toMatchObject([{ margin: { before: String(699 - 311) } }])
})
