import { createTestChannels } from '@hilo/channels/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, GUEST, type Locale } from '@hilo/kernel'
import { createPricedProduct, createTestPromotion, type TestPromotion } from '@hilo/promotions/testing'
import { expect, test } from 'vitest'
import { createTestCart } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const shop = testContext(db, { channel: webEu })
const guest = { ...shop, actor: GUEST }
await createPricedProduct(shop, { sku: 'mug', amounts: { EUR: 1880 } })

const FREE_DELIVERY = { kind: 'FREE_DELIVERY' } as const
const TENTH = { kind: 'PERCENT', ratePpm: 100_000, target: 'ORDER' } as const
// Of 37.60 €, two times ten per cent less: 30.46 €.
const min = (EUR: number) => [{ kind: 'MIN_SUBTOTAL', amounts: { EUR } }] as never

/** Each with the sentences that shoppers read of it. */
const PROMOTIONS: Readonly<Record<string, TestPromotion & { readonly en: string; readonly es: string }>> = {
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
  over: { endsAt: '2026-01-01T00:00:00Z', en: 'Has ended', es: 'Ya ha terminado' },
  soon: { startsAt: '2027-01-01T00:00:00Z', en: 'Has not started yet', es: 'Todavía no ha empezado' },
  elsewhere: {
    channels: { kinds: ['DEVICE'] },
    en: 'Does not hold in this channel',
    es: 'No es válida en este canal',
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
for (const [name, { en: _en, es: _es, ...promotion }] of Object.entries(PROMOTIONS))
  ids.set(encodeId('promotion', await createTestPromotion(shop, { name, ...promotion })), name)
// Nobody learns of these: a code that was not entered, a draft, one that is archived.
await createTestPromotion(shop, { couponCodes: ['OTHERS'] })
await createTestPromotion(shop, { draft: true })
const archived = await createTestPromotion(shop)
await db.updateTable('promotion').set({ status: 'ARCHIVED' }).where('id', '=', archived).execute()

const FIELDS = 'trace { promotionId name outcome code message facts }'

test('the trace of a cart has each promotion exactly once, with its sentence in the language of who asks', async () => {
  const cart = await createTestCart(guest, { lines: [{ sku: 'mug', quantity: 2 }] })
  const input = { cartId: encodeId('cart', cart.cartId), code: 'MINE' }
  const source = `mutation ($input: CartCouponAddInput!) { cartCouponAdd(input: $input) { cart { ${FIELDS} } userErrors { code } } }`
  interface Answer {
    readonly cartCouponAdd: {
      readonly cart: { readonly trace: readonly { promotionId: string; message: string; name: string }[] }
    }
  }
  const traceIn = async (locale: Locale) => {
    const { data } = await ask<Answer>(source, { ctx: { ...cart.ctx, locale }, variables: { input } })
    return data.cartCouponAdd.cart.trace
  }
  for (const locale of ['en', 'es'] as const) {
    const trace = await traceIn(locale)
    expect(trace.map(({ promotionId }) => promotionId).sort()).toEqual([...ids.keys()].sort())
    const said = trace.map(({ promotionId, message }) => [
      ids.get(promotionId),
      message.replaceAll(/[\u00a0\u202f]/gu, ' '),
    ])
    const expected = Object.entries(PROMOTIONS).map(([name, words]) => [name, words[locale]])
    expect(Object.fromEntries(said)).toEqual(Object.fromEntries(expected))
  }
})

test('an empty cart, and one whose line is not sold here, have a whole trace too', async () => {
  for (const lines of [[], [{ sku: 'mug', quantity: 1 }]]) {
    const cart = await createTestCart(guest, { lines })
    await db
      .updateTable('price')
      .set({ currency: lines.length > 0 ? 'XTS' : 'EUR' })
      .execute()
    const { data } = await ask<{ cart: { trace: { promotionId: string }[] } }>(
      `query ($id: ID!) { cart(id: $id) { ${FIELDS} } }`,
      { ctx: cart.ctx, variables: { id: encodeId('cart', cart.cartId) } },
    )
    const automatic = [...ids].filter(([, name]) => name !== 'entered').map(([id]) => id)
    expect(data.cart.trace.map(({ promotionId }) => promotionId).sort()).toEqual(automatic.sort())
  }
})
