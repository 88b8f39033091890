import { createTestChannels } from '@hilo/channels/testing'
import type { Context } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { createTestLocation, createTestStock } from '@hilo/inventory/testing'
import { hashToken } from '@hilo/access'
import { GUEST, newId } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/prices/testing'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import './index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const system = testContext(db, { channel: webEu })
const guest: Context = { ...system, actor: GUEST }

/** Prices with or without tax; standard 20 %, reduced 10 %, zero 0 %. */
const inMarket = (pricesIncludeTax: boolean): Context => ({
  ...guest,
  channel: { ...webEu, market: { ...webEu.market, pricesIncludeTax } },
})

const EXCL = inMarket(false)
const INCL = inMarket(true)

beforeAll(async () => {
  await db.updateTable('tax_rate').set({ rate_ppm: 200_000 }).where('tax_class', '=', 'STANDARD').execute()
})

type Json = Readonly<Record<string, unknown>>

const send = async (ctx: Context, name: string, input: object, fields: string): Promise<Json> => {
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const { data, errors } = await ask<Record<string, Json>>(
    `mutation ($input: ${title}!) { ${name}(input: $input) { ${fields} userErrors { code path message } } }`,
    { ctx, variables: { input } },
  )
  expect(errors).toBeUndefined()
  return data[name]!
}

const refusalOf = ({ userErrors }: Json): string | undefined => (userErrors as { code: string }[])[0]?.code

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

interface Line {
  readonly price: number
  readonly quantity?: number
  readonly taxClass?: 'STANDARD' | 'REDUCED' | 'ZERO'
}

let made = 0

const stock = async (lines: readonly Line[], currency = 'EUR') => {
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

const CART = `token cart { id subtotal { amountMinor } discount { amountMinor } delivery { amountMinor }
  tax { amountMinor } total { amountMinor } lines { unit { amountMinor } discount { amountMinor } total { amountMinor } }
  applications { amount { amountMinor } allocations { amount { amountMinor } } }
  trace { code facts message } problems { code } coupons }`

interface Amount {
  readonly amountMinor: number
}

interface Cart {
  readonly id: string
  readonly subtotal: Amount
  readonly discount: Amount
  readonly delivery: Amount
  readonly tax: Amount
  readonly total: Amount
  readonly lines: readonly { readonly unit: Amount; readonly discount: Amount; readonly total: Amount }[]
  readonly applications: readonly {
    readonly amount: Amount
    readonly allocations: readonly { readonly amount: Amount }[]
  }[]
  readonly trace: readonly { readonly code: string; readonly message: string }[]
  readonly coupons: readonly string[]
}

const fill = async (ctx: Context, lines: readonly Line[]): Promise<{ cart: Cart; as: Context }> => {
  const answer = await send(ctx, 'cartCreate', { lines: await stock(lines) }, CART)
  expect(refusalOf(answer)).toBeUndefined()
  const as = { ...ctx, cartTokenHash: hashToken(answer['token'] as string) }
  return { cart: answer['cart'] as unknown as Cart, as }
}

/** What the goods come to, net/gross: delivery, which is taxed at the standard rate, is left out. */
const netGross = async (ctx: Context, lines: readonly Line[]): Promise<string> => {
  await db.updateTable('market').set({ delivery_minor: 0n }).execute()
  const { cart } = await fill(ctx, lines)
  for (const { amount, allocations } of cart.applications) {
    expect(allocations.reduce((sum, part) => sum + part.amount.amountMinor, 0)).toBe(amount.amountMinor)
  }
  return `${cart.total.amountMinor - cart.tax.amountMinor}/${cart.total.amountMinor}`
}

const percent = (ratePpm: number, target: string) => ({ effect: { kind: 'PERCENT', ratePpm, target } })
const amount = (minor: number, target: string) => ({
  effect: { kind: 'AMOUNT', amounts: { EUR: minor }, target },
})
const fromSubtotal = (minor: number) => ({ conditions: [{ kind: 'MIN_SUBTOTAL', amounts: { EUR: minor } }] })
const FROM_THREE = { conditions: [{ kind: 'MIN_QUANTITY', quantity: 3 }] }

const HALF_FROM_THREE = { ...percent(500_000, 'ORDER'), ...FROM_THREE, priority: 1 }
const TENTH_FROM_TEN = { ...percent(100_000, 'ORDER'), ...fromSubtotal(1_000), priority: 2 }
const TENTHS = [percent(100_000, 'ITEM'), percent(100_000, 'ORDER')]

describe('published cases', () => {
  it.each<[string, Context, readonly Line[], readonly object[], string]>([
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
      )) as unknown as { cart: Cart }
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
    const { cart } = (await add('AGAIN')) as unknown as { cart: Cart }
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
