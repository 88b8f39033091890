import { createTestChannels } from '@hilo/channels/testing'
import type { Context } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { createTestLocation, createTestStock } from '@hilo/inventory/testing'
import { hashToken } from '@hilo/access'
import { GUEST, newId } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/prices/testing'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  amount,
  CART,
  type CaseCart,
  type CaseLine,
  fromSubtotal,
  percent,
  refusalOf,
  send,
  sumsOf,
  type TaxClass,
} from '../testing/published-case.ts'
import './index.ts'

const { db } = await testDatabase()
const { webEu, webJp } = await createTestChannels(db)
const system = testContext(db, { channel: webEu })
const guest: Context = { ...system, actor: GUEST }

/** Prices with or without tax; standard 20 %, reduced 10 %, zero 0 %. */
const inMarket = (pricesIncludeTax: boolean): Context => ({
  ...guest,
  channel: { ...webEu, market: { ...webEu.market, pricesIncludeTax } },
})

const EXCL = inMarket(false)
const INCL = inMarket(true)
const YEN: Context = { ...guest, channel: webJp }

const setRates = async (rates: Partial<Record<TaxClass, number>>): Promise<void> => {
  for (const [taxClass, rate_ppm] of Object.entries(rates))
    await db.updateTable('tax_rate').set({ rate_ppm }).where('tax_class', '=', taxClass).execute()
}

const setDelivery = (minor: number) =>
  db
    .updateTable('market')
    .set({ delivery_minor: BigInt(minor) })
    .execute()

const RATES = { STANDARD: 200_000, REDUCED: 100_000 }

beforeAll(() => setRates(RATES))

const published: string[] = []

/** Creates and publishes a promotion as staff do. */
const promote = async (definition: object, terms: object = {}): Promise<string> => {
  const full = { v: 1, trigger: 'couponCodes' in terms ? 'COUPON' : 'AUTOMATIC', ...definition }
  const made = await send(
    system,
    'promotionCreate',
    { name: { en: 'Case' }, definition: full, ...terms },
    'promotion { id }',
  )
  expect(refusalOf(made)).toBeUndefined()
  const { id } = made['promotion'] as { id: string }
  await send(system, 'promotionPublish', { id }, 'promotion { id }')
  published.push(id)
  return id
}

afterEach(async () => {
  for (const id of published.splice(0)) await send(system, 'promotionArchive', { id }, 'promotion { id }')
})

let made = 0

const stock = async (lines: readonly CaseLine[], currency = 'EUR') => {
  const skus: { sku: string; quantity: number }[] = []
  for (const { price, quantity = 1, taxClass } of lines) {
    const sku = `case-${++made}`
    const { productId } = await createPricedProduct(system, { sku, amounts: { [currency]: price } })
    if (taxClass) {
      await db.updateTable('product').set({ tax_class: taxClass }).where('id', '=', productId).execute()
    }
    skus.push({ sku, quantity })
  }
  return skus
}

const fill = (ctx: Context, lines: readonly CaseLine[]): Promise<{ cart: CaseCart; as: Context }> =>
  stock(lines, ctx.channel.market.currency).then((skus) => fillWith(ctx, skus))

const fillWith = async (
  ctx: Context,
  lines: Awaited<ReturnType<typeof stock>>,
): Promise<{ cart: CaseCart; as: Context }> => {
  const answer = await send(ctx, 'cartCreate', { lines }, CART)
  expect(refusalOf(answer)).toBeUndefined()
  const as = { ...ctx, cartTokenHash: hashToken(answer['token'] as string) }
  return { cart: answer['cart'] as unknown as CaseCart, as }
}

/** What the goods come to, net/gross: delivery, which is taxed at the standard rate, is left out. */
const netGross = async (ctx: Context, lines: readonly CaseLine[]): Promise<string> => {
  await setDelivery(0)
  return sumsOf((await fill(ctx, lines)).cart)
}

const FROM_THREE = { conditions: [{ kind: 'MIN_QUANTITY', quantity: 3 }] }

const HALF_FROM_THREE = { ...percent(500_000, 'ORDER'), ...FROM_THREE, priority: 1 }
const TENTH_FROM_TEN = { ...percent(100_000, 'ORDER'), ...fromSubtotal(1_000), priority: 2 }
const TENTHS = [percent(100_000, 'ITEM'), percent(100_000, 'ORDER')]

describe('published cases', () => {
  it.each<[string, Context, readonly CaseLine[], readonly object[], string]>([
    ['50 % of the order', EXCL, [{ price: 100 }], [percent(500_000, 'ORDER')], '50/60'],
    ['50 % with tax included', INCL, [{ price: 100 }], [percent(500_000, 'ORDER')], '42/50'],
    [
      '50 % of what is not taxed',
      INCL,
      [{ price: 100, taxClass: 'ZERO' }],
      [percent(500_000, 'ORDER')],
      '50/50',
    ],
    [
      'only the second of two',
      EXCL,
      [{ price: 500, quantity: 2 }],
      [HALF_FROM_THREE, TENTH_FROM_TEN],
      '900/1080',
    ],
    ['only the first', EXCL, [{ price: 500, quantity: 3 }], [HALF_FROM_THREE, TENTH_FROM_TEN], '750/900'],
    ['the second again', EXCL, [{ price: 800, quantity: 2 }], [HALF_FROM_THREE, TENTH_FROM_TEN], '1440/1728'],
    ['10 % of items', EXCL, [{ price: 155_880 }], TENTHS.slice(0, 1), '140292/168350'],
    ['10 % of items and of the order', EXCL, [{ price: 155_880 }], TENTHS, '126263/151516'],
    ['10 % of items with tax included', INCL, [{ price: 155_880 }], TENTHS.slice(0, 1), '116910/140292'],
    ['50 off each of two', EXCL, [{ price: 500, quantity: 2 }], [amount(50, 'ITEM')], '900/1080'],
    ['50 off each of three', EXCL, [{ price: 500, quantity: 3 }], [amount(50, 'ITEM')], '1350/1620'],
    [
      'below the subtotal',
      EXCL,
      [{ price: 5_000 }],
      [{ ...percent(1_000_000, 'ORDER'), ...fromSubtotal(10_000) }],
      '5000/6000',
    ],
    [
      'free from the subtotal on',
      EXCL,
      [{ price: 5_000, quantity: 2 }],
      [{ ...percent(1_000_000, 'ORDER'), ...fromSubtotal(10_000) }],
      '0/0',
    ],
    ['20 % of 5000', EXCL, [{ price: 5_000 }], [percent(200_000, 'ORDER')], '4000/4800'],
    ['10.5 % of 5000', EXCL, [{ price: 5_000 }], [percent(105_000, 'ORDER')], '4475/5370'],
    ['1000 off', EXCL, [{ price: 5_000 }], [amount(1_000, 'ORDER')], '4000/4800'],
    ['1000 off with tax included', INCL, [{ price: 6_000 }], [amount(1_000, 'ORDER')], '4167/5000'],
    [
      '20 % beside a price of zero',
      EXCL,
      [{ price: 100 }, { price: 0 }],
      [percent(200_000, 'ORDER')],
      '80/96',
    ],
    [
      '100 % and 20 % together',
      EXCL,
      [{ price: 5_000 }],
      [percent(1_000_000, 'ORDER'), percent(200_000, 'ORDER')],
      '0/0',
    ],
    [
      '20 % when there is enough',
      EXCL,
      [{ price: 299, quantity: 4, taxClass: 'ZERO' }],
      [{ ...percent(200_000, 'ORDER'), ...fromSubtotal(1_000) }],
      '957/957',
    ],
    [
      '20 % when there is not',
      EXCL,
      [{ price: 299, quantity: 3, taxClass: 'ZERO' }],
      [{ ...percent(200_000, 'ORDER'), ...fromSubtotal(1_000) }],
      '897/897',
    ],
    [
      'the cheapest',
      EXCL,
      [
        { price: 1_999, taxClass: 'ZERO' },
        { price: 10_999, taxClass: 'ZERO' },
      ],
      [{ effect: { kind: 'CHEAPEST', ratePpm: 150_000 } }],
      '12698/12698',
    ],
    ['a fixed amount above the price', EXCL, [{ price: 500 }], [amount(1_000, 'ITEM')], '0/0'],
    [
      'each line by itself',
      EXCL,
      [106, 206, 306, 406].map((price) => ({ price, taxClass: 'ZERO' as const })),
      [percent(100_000, 'LINE')],
      '920/920',
    ],
    [
      'all lines at once',
      EXCL,
      [106, 206, 306, 406].map((price) => ({ price, taxClass: 'ZERO' as const })),
      [percent(100_000, 'ORDER')],
      '922/922',
    ],
    ['tax on the line', EXCL, [{ price: 31, quantity: 10 }], [], '310/372'],
    ['tax included', INCL, [{ price: 100, quantity: 2 }], [], '167/200'],
  ])('%s', async (_, ctx, lines, promotions, expected) => {
    for (const definition of promotions) await promote(definition)
    expect(await netGross(ctx, lines)).toBe(expected)
  })

  interface Case {
    readonly in?: Context
    readonly lines: readonly CaseLine[]
    /** Out of the SKUs of the lines. */
    readonly promotions: (skus: readonly string[]) => readonly object[]
    readonly rates?: Partial<Record<TaxClass, number>>
    readonly delivery?: number
    /** net/gross. */
    readonly sums: string
    readonly discounts?: readonly number[]
    /** Parts of each application. */
    readonly parts?: readonly (readonly number[])[]
    readonly taxes?: readonly (readonly number[])[]
  }

  const free = (price: number, quantity = 1): CaseLine => ({ price, quantity, taxClass: 'ZERO' })
  const best = (definition: object) => ({ ...definition, exclusivityGroup: 'best' })
  const buy = (count: number, get: object) => ({
    effect: { kind: 'BUY_X_GET_Y', buy: { quantity: count }, get: { quantity: count, ...get } },
  })

  it.each<[string, Case]>([
    [
      'half of what is on sale, before 15 % of the order',
      {
        lines: [{ price: 1_000, quantity: 2 }, { price: 5_000 }],
        promotions: ([sku]) => [{ ...percent(500_000, 'ITEM'), items: { sku: [sku] } }],
        sums: '6000/7200',
      },
    ],
    [
      'half of what is on sale, and then 15 % of the order',
      {
        lines: [{ price: 1_000, quantity: 2 }, { price: 5_000 }],
        promotions: ([sku]) => [
          percent(150_000, 'ORDER'),
          { ...percent(500_000, 'ITEM'), items: { sku: [sku] } },
        ],
        sums: '5100/6120',
      },
    ],
    [
      '10 off each, and 5 off the order of one',
      {
        lines: [free(3_000)],
        promotions: () => [amount(1_000, 'ITEM'), amount(500, 'ORDER')],
        sums: '1500/1500',
      },
    ],
    [
      '10 off each, and 5 off the order of two',
      {
        lines: [free(3_000, 2)],
        promotions: () => [amount(1_000, 'ITEM'), amount(500, 'ORDER')],
        sums: '3500/3500',
        discounts: [500],
      },
    ],
    [
      'the better of 5.50 and 20 %',
      {
        lines: [free(3_000)],
        promotions: () => [best(amount(550, 'ITEM')), best(percent(200_000, 'ITEM'))],
        sums: '2400/2400',
      },
    ],
    [
      'the better of 11 % and 13 %',
      {
        lines: [free(3_000)],
        promotions: () => [best(percent(110_000, 'ITEM')), best(percent(130_000, 'ITEM'))],
        sums: '2610/2610',
      },
    ],
    [
      '10 % of two at 19.99',
      { lines: [free(1_999, 2)], promotions: () => [percent(100_000, 'ORDER')], sums: '3598/3598' },
    ],
    [
      'one bought, another free',
      {
        lines: [free(1_000), free(1_000)],
        promotions: ([one, other]) => [
          {
            effect: {
              kind: 'BUY_X_GET_Y',
              buy: { quantity: 1, items: { sku: [one] } },
              get: { quantity: 1, items: { sku: [other] } },
            },
          },
        ],
        sums: '1000/1000',
        discounts: [0, 1_000],
      },
    ],
    ['two bought, two free', { lines: [free(250, 4)], promotions: () => [buy(2, {})], sums: '500/500' }],
    [
      'two bought, one of two there',
      { lines: [free(250, 3)], promotions: () => [buy(2, {})], sums: '750/750' },
    ],
    [
      '30 across 50 and 150',
      {
        lines: [free(5_000), free(15_000)],
        promotions: () => [amount(3_000, 'ORDER')],
        sums: '17000/17000',
        discounts: [750, 2_250],
      },
    ],
    [
      '10 % across, and 10 % of the rest',
      {
        lines: [free(5_000), free(15_000)],
        promotions: () => [percent(100_000, 'ORDER'), percent(100_000, 'ORDER')],
        sums: '16200/16200',
        parts: [
          [500, 1_500],
          [450, 1_350],
        ],
      },
    ],
    [
      'three rates',
      {
        lines: (['STANDARD', 'REDUCED', 'ZERO'] as const).map((taxClass) => ({ price: 200, taxClass })),
        promotions: () => [],
        sums: '600/660',
        taxes: [
          [200_000, 200, 40],
          [100_000, 200, 20],
          [0, 200, 0],
        ],
      },
    ],
    [
      'a large amount',
      { lines: [{ price: 999_999_900, quantity: 2 }], promotions: () => [], sums: '1999999800/2399999760' },
    ],
    [
      '2.6 % of 164.02',
      { lines: [{ price: 16_402 }], promotions: () => [], rates: { STANDARD: 26_000 }, sums: '16402/16828' },
    ],
    [
      '10.75 % of 24.99, and delivery without tax',
      {
        lines: [{ price: 2_499, taxClass: 'REDUCED' }],
        promotions: () => [],
        rates: { STANDARD: 0, REDUCED: 107_500 },
        delivery: 644,
        sums: '3143/3412',
      },
    ],
    [
      'a quarter of yen',
      { in: YEN, lines: [free(190, 2)], promotions: () => [percent(250_000, 'ORDER')], sums: '285/285' },
    ],
    [
      'all of it',
      { lines: [{ price: 1_999, quantity: 3 }], promotions: () => [percent(1_000_000, 'ITEM')], sums: '0/0' },
    ],
  ])('%s', async (_, { in: ctx = EXCL, lines, promotions, rates = {}, delivery = 0, ...expected }) => {
    await setRates({ ...RATES, ...rates })
    await setDelivery(delivery)
    const skus = await stock(lines, ctx.channel.market.currency)
    for (const definition of promotions(skus.map(({ sku }) => sku))) await promote(definition)
    const { cart } = await fillWith(ctx, skus)
    await setRates(RATES)
    expect(sumsOf(cart)).toBe(expected.sums)
    const { discounts, parts, taxes } = expected
    if (discounts) expect(cart.lines.map(({ discount }) => discount.amountMinor)).toEqual(discounts)
    if (parts) {
      const found = cart.applications.map(({ allocations }) =>
        allocations.map((part) => part.amount.amountMinor),
      )
      expect(found).toEqual(parts)
    }
    if (taxes) {
      const found = cart.taxes.map(({ ratePpm, net, tax }) => [ratePpm, net.amountMinor, tax.amountMinor])
      expect(found).toEqual(taxes)
    }
  })

  it('split a fixed amount over rates, and leave delivery alone when it is larger than the goods', async () => {
    await db.updateTable('market').set({ delivery_minor: 500n }).execute()
    await promote(amount(500, 'ORDER'))
    const two = await fill(INCL, [{ price: 500 }, { price: 500, taxClass: 'ZERO' }])
    expect(two.cart.lines.map(({ total }) => total.amountMinor)).toEqual([250, 250])
    const small = await fill(INCL, [{ price: 100 }])
    expect(small.cart).toMatchObject({ discount: { amountMinor: 100 }, total: { amountMinor: 500 } })
  })

  it('make delivery free', async () => {
    await db.updateTable('market').set({ delivery_minor: 345n }).execute()
    const paid = await fill(EXCL, [{ price: 5_000 }])
    expect(paid.cart.total.amountMinor).toBe(6_414)
    await promote({ effect: { kind: 'FREE_DELIVERY' } })
    expect((await fill(EXCL, [{ price: 5_000 }])).cart.total.amountMinor).toBe(6_000)
  })

  it('take a promotion of the shelf per unit, and then a code', async () => {
    await db.updateTable('market').set({ delivery_minor: 0n }).execute()
    await promote(percent(130_000, 'ITEM'))
    await promote(percent(130_000, 'ORDER'), { couponCodes: ['THIRTEEN'] })
    for (const [quantity, discount] of [
      [1, 226],
      [2, 452],
    ] as const) {
      const { cart, as } = await fill(EXCL, [{ price: 1_999, quantity, taxClass: 'ZERO' }])
      const { cart: reduced } = (await send(
        as,
        'cartCouponAdd',
        { cartId: cart.id, code: 'THIRTEEN' },
        CART.replace('token', ''),
      )) as unknown as { cart: CaseCart }
      expect(reduced.lines[0]!.unit.amountMinor).toBe(1_739)
      expect(reduced.discount.amountMinor).toBe(discount)
    }
  })
})

describe('codes', () => {
  const TENTH = percent(100_000, 'ORDER')

  const enter = async (code: string) => {
    const { cart, as } = await fill(EXCL, [{ price: 1_000 }])
    const add = (text: string) =>
      send(as, 'cartCouponAdd', { cartId: cart.id, code: text }, CART.replace('token', ''))
    return { cart, as, add, answer: await add(code) }
  }

  it('of another channel, expired, not started, and in wrong case are refused', async () => {
    await promote({ ...TENTH, channels: { codes: ['web-us'] } }, { couponCodes: ['ELSEWHERE'] })
    await promote({ ...TENTH, endsAt: '2020-01-01T00:00:00Z' }, { couponCodes: ['OVER'] })
    await promote({ ...TENTH, startsAt: '2100-01-01T00:00:00Z' }, { couponCodes: ['EARLY'] })
    await promote(TENTH, { couponCodes: ['Right'] })
    const refusals = []
    for (const code of ['ELSEWHERE', 'OVER', 'EARLY', 'RIGHT'])
      refusals.push(refusalOf((await enter(code)).answer))
    expect(refusals).toEqual(['COUPON_NOT_HERE', 'COUPON_EXPIRED', 'COUPON_NOT_STARTED', 'COUPON_UNKNOWN'])
  })

  it('entered twice count once', async () => {
    await promote(TENTH, { couponCodes: ['AGAIN'] })
    const { add } = await enter('AGAIN')
    const { cart } = (await add('AGAIN')) as unknown as { cart: CaseCart }
    expect(cart).toMatchObject({ coupons: ['AGAIN'], discount: { amountMinor: 100 } })
  })

  it('used up at place order are refused, and a cancelled order gives the use back', async () => {
    const place = await createTestLocation(db, { channelIds: [webEu.id] })
    await promote(TENTH, { couponCodes: ['ONE-LEFT'], usageLimit: 1 })
    const [first, second] = [await enter('ONE-LEFT'), await enter('ONE-LEFT')]
    const variants = await db.selectFrom('variant').select('id').where('sku', 'like', 'case-%').execute()
    await createTestStock(db, place, Object.fromEntries(variants.map(({ id }) => [id, 10])))
    const order = ({ cart, as }: typeof first) =>
      send(
        as,
        'orderPlace',
        { cartId: cart.id, email: 'a@home.test', idempotencyKey: newId() },
        'order { id }',
      )
    const placed = await order(first)
    expect(refusalOf(placed)).toBeUndefined()
    expect(refusalOf(await order(second))).toBe('COUPON_SPENT')
    const { id } = placed['order'] as { id: string }
    await send(first.as, 'orderCancel', { id, idempotencyKey: newId() }, 'order { id }')
    expect(refusalOf(await order(second))).toBeUndefined()
  })
})

describe('a budget', () => {
  it('is spent for whom it does not suffice, and says so', async () => {
    await db.updateTable('market').set({ delivery_minor: 0n }).execute()
    const budgets = [{ amountMinor: 150, currency: 'EUR' }]
    await promote(percent(100_000, 'ORDER'), { budgets })
    expect(await netGross(EXCL, [{ price: 1_000, taxClass: 'ZERO' }])).toBe('900/900')
    expect(await netGross(EXCL, [{ price: 2_000, taxClass: 'ZERO' }])).toBe('2000/2000')
    await db.updateTable('promotion_budget').set({ spent_minor: 150n }).execute()
    const { cart } = await fill(EXCL, [{ price: 1_000 }])
    expect(cart.trace).toMatchObject([{ code: 'BUDGET_SPENT', message: 'Its budget is spent' }])
  })
})
