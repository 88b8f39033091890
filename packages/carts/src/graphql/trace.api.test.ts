import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { type Actor, encodeId, grant, GUEST, type Locale, newId } from '@hilo/kernel'
import { createPricedProduct, createTestPromotion, type TestPromotion } from '@hilo/promotions/testing'
import { expect, test } from 'vitest'
import { createTestCart } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const shop = testContext(db, { channel: webEu })
const guest = { ...shop, actor: GUEST }
const staff: Actor = {
  kind: 'staff',
  staffId: newId(),
  sessionId: newId(),
  grants: [grant(['orders:read', 'promotions:read'])],
}
await createPricedProduct(shop, { sku: 'mug', amounts: { EUR: 1880 } })

const FREE_DELIVERY = { kind: 'FREE_DELIVERY' } as const
const TENTH = { kind: 'PERCENT', ratePpm: 100_000, target: 'ORDER' } as const
// Of 37.60 €, two times ten per cent less: 30.46 €.
const min = (EUR: number) => [{ kind: 'MIN_SUBTOTAL', amounts: { EUR } }] as never

interface Told {
  readonly en: string
  readonly es: string
  /** Only who reads promotions is told of it. */
  readonly isInternal?: boolean
}

/** Each with the sentence that explains it. */
const PROMOTIONS: Readonly<Record<string, TestPromotion & Told>> = {
  near: {
    conditions: min(4286),
    effect: FREE_DELIVERY,
    en: '€12.40 more for free delivery',
    es: '12,40 € más para envío gratis',
  },
  given: { effect: TENTH, en: 'Applied', es: 'Aplicada' },
  worse: {
    effect: { ...TENTH, ratePpm: 10_000 },
    exclusivityGroup: 'one',
    en: 'Another promotion is better for you',
    es: 'Otra promoción te conviene más',
  },
  better: { effect: TENTH, exclusivityGroup: 'one', en: 'Applied', es: 'Aplicada' },
  more: {
    conditions: [{ kind: 'MIN_QUANTITY', quantity: 3 }] as never,
    effect: TENTH,
    en: '1 more unit for 10 % off the order',
    es: '1 unidad más para 10 % de descuento en el pedido',
  },
  over: { endsAt: '2026-01-01T00:00:00Z', en: 'Has ended', es: 'Ya ha terminado', isInternal: true },
  soon: {
    startsAt: '2027-01-01T00:00:00Z',
    en: 'Has not started yet',
    es: 'Todavía no ha empezado',
    isInternal: true,
  },
  elsewhere: {
    channels: { kinds: ['DEVICE'] },
    en: 'Does not hold in this channel',
    es: 'No es válida en este canal',
    isInternal: true,
  },
  entered: {
    couponCodes: ['MINE'],
    conditions: min(4046),
    effect: TENTH,
    en: '€10.00 more for 10 % off the order',
    es: '10,00 € más para 10 % de descuento en el pedido',
  },
}

const ids = new Map<string, string>()
for (const [name, { en: _en, es: _es, isInternal: _isInternal, ...promotion }] of Object.entries(PROMOTIONS))
  ids.set(encodeId('promotion', await createTestPromotion(shop, { name, ...promotion })), name)
// Nobody learns of these: a code that was not entered, a draft, one that is archived.
await createTestPromotion(shop, { couponCodes: ['OTHERS'] })
await createTestPromotion(shop, { draft: true })
const archived = await createTestPromotion(shop)
await db.updateTable('promotion').set({ status: 'ARCHIVED' }).where('id', '=', archived).execute()

const FIELDS = 'trace { promotionId name outcome code message facts }'

interface Answer {
  readonly cart: {
    readonly trace: readonly {
      readonly promotionId: string
      readonly message: string
      readonly facts: object
    }[]
  }
}

const traceOf = async (cartId: string, ctx: typeof shop) => {
  const { data } = await ask<Answer>(`query ($id: ID!) { cart(id: $id) { ${FIELDS} } }`, {
    ctx,
    variables: { id: encodeId('cart', cartId) },
  })
  return data.cart.trace
}

const cartWithCode = async () => {
  const cart = await createTestCart(guest, { lines: [{ sku: 'mug', quantity: 2 }] })
  const input = { cartId: encodeId('cart', cart.cartId), code: 'MINE' }
  const add =
    'mutation ($input: CartCouponAddInput!) { cartCouponAdd(input: $input) { userErrors { code } } }'
  await ask(add, { ctx: cart.ctx, variables: { input } })
  return cart
}

const said = (trace: Answer['cart']['trace']) => {
  expect(new Set(trace.map(({ promotionId }) => promotionId)).size).toBe(trace.length)
  return Object.fromEntries(
    trace.map(({ promotionId, message }) => [
      ids.get(promotionId),
      message.replaceAll(/[\u00a0\u202f]/gu, ' '),
    ]),
  )
}

const expected = (locale: Locale, isTold: (told: Told) => boolean) =>
  Object.fromEntries(
    Object.entries(PROMOTIONS).flatMap(([name, told]) => (isTold(told) ? [[name, told[locale]]] : [])),
  )

test('the trace of a cart has each promotion exactly once, with its sentence in the language of who asks', async () => {
  const { cartId } = await cartWithCode()
  for (const locale of ['en', 'es'] as const) {
    const trace = await traceOf(cartId, { ...shop, actor: staff, locale })
    expect(said(trace)).toEqual(expected(locale, () => true))
  }
})

test('the facts of a trace name promotions and variants as the API does', async () => {
  const { variantId } = await createPricedProduct(shop, { sku: 'no-gift', amounts: { EUR: 100 } })
  const gift = { kind: 'GIFT', variant: encodeId('variant', variantId) } as const
  const giving = await createTestPromotion(shop, { effect: gift })
  const { cartId } = await cartWithCode()
  const trace = await traceOf(cartId, { ...shop, actor: staff })
  await db.updateTable('promotion').set({ status: 'ARCHIVED' }).where('id', '=', giving).execute()
  const factsOf = (id: string) => trace.find(({ promotionId }) => promotionId === id)!.facts
  const idOf = (name: string) => [...ids].find(([, known]) => known === name)![0]
  expect(factsOf(idOf('worse'))).toEqual({ promotionId: idOf('better') })
  expect(factsOf(encodeId('promotion', giving))).toMatchObject({ variantId: encodeId('variant', variantId) })
})

test('a shopper reads of those that may be theirs, and not what the shop plans or has for others', async () => {
  const { cartId, ctx } = await cartWithCode()
  for (const locale of ['en', 'es'] as const) {
    const trace = await traceOf(cartId, { ...ctx, locale })
    expect(said(trace)).toEqual(expected(locale, ({ isInternal }) => !isInternal))
  }
})

test('a shelf price says as much, of what no code has to start, and a list of them takes no more statements for it', async () => {
  const onShelf = async (ctx: typeof shop) => {
    const source = `{ variant(sku: "mug") { price(quantity: 2) { ${FIELDS} } } }`
    const { data } = await ask<{ variant: { price: Answer['cart'] } }>(source, { ctx })
    return said(data.variant.price.trace)
  }
  const { entered: _entered, near: _near, ...others } = PROMOTIONS
  const onShelves = (locale: Locale, isTold: (told: Told) => boolean) =>
    expect.objectContaining(
      Object.fromEntries(
        Object.entries(others).flatMap(([name, told]) => (isTold(told) ? [[name, told[locale]]] : [])),
      ),
    )
  for (const locale of ['en', 'es'] as const) {
    expect(await onShelf({ ...shop, actor: staff, locale })).toEqual(onShelves(locale, () => true))
    const read = await onShelf({ ...guest, locale })
    expect(read).toEqual(onShelves(locale, ({ isInternal }) => !isInternal))
    expect(Object.keys(read).filter((name) => PROMOTIONS[name]!.isInternal)).toEqual([])
    expect(read).not.toHaveProperty('entered')
  }
  const list = (more: string) =>
    `{ products(first: 5) { nodes { variants { price { unit { decimal } ${more} } } } } }`
  const without = await recordStatements(() => ask(list(''), { ctx: guest }))
  const withTrace = await recordStatements(() => ask(list(FIELDS), { ctx: guest }))
  expect(withTrace.statements).toEqual(without.statements)
})

test('an empty cart, and one whose line is not sold here, have a whole trace too', async () => {
  for (const lines of [[], [{ sku: 'mug', quantity: 1 }]]) {
    const { cartId } = await createTestCart(guest, { lines })
    await db
      .updateTable('price')
      .set({ currency: lines.length > 0 ? 'XTS' : 'EUR' })
      .execute()
    const trace = await traceOf(cartId, { ...shop, actor: staff })
    const automatic = [...ids].filter(([, name]) => name !== 'entered').map(([id]) => id)
    expect(trace.map(({ promotionId }) => promotionId).sort()).toEqual(automatic.sort())
  }
})
