import { createTestChannels } from '@hilo/channels/testing'
import { createTestProduct, seeding } from '@hilo/catalog/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { createLocations } from '@hilo/inventory'
import { insertPriceLists } from '@hilo/prices'
import { expect, test } from 'vitest'
import { runImportOf } from './testing/index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })
await createTestProduct(ctx, { sku: 'MUG' })
await createLocations(db, [
  { code: 'main', name: { en: 'Main' }, kind: 'WAREHOUSE', country: 'ES', channelIds: [] },
])
await seeding(ctx, (inner) =>
  insertPriceLists(inner, [{ code: 'eur', name: { en: 'Euro' }, kind: 'BASE', currency: 'EUR' }]),
)

const jsonl = (...items: readonly object[]) => items.map((item) => `${JSON.stringify(item)}\n`).join('')

test('prices that no list can have are refused row by row, and the good ones are set', async () => {
  const file = `priceList,sku,currency,amount,minQuantity,maxQuantity,validFrom,validUntil
eur,MUG,EUR,10.00,,,,
eur,MUG,EUR,9.00,,,2026-01-01T00:00:00Z,
eur,MUG,XYZ,9.00,10,,,
eur,MUG,USD,9.00,20,,,
eur,MUG,EUR,9.005,30,,,
eur,MUG,EUR,-1,40,,,
eur,MUG,EUR,99999999999999999999,50,,,
eur,MUG,EUR,8.00,60,5,,
eur,MUG,EUR,8.00,70,,2027-01-01T00:00:00Z,2026-01-01T00:00:00Z
nowhere,MUG,EUR,8.00,,,,
eur,NONE,EUR,8.00,,,,
eur,MUG,EUR,8.00,80,,tomorrow,
eur,MUG,EUR,7.00,90,,,
`
  const job = await runImportOf(ctx, { kind: 'PRICES', file })
  expect(job.report).toEqual([
    '3 validFrom PRICE_OVERLAPS',
    '4 currency ROW_VALUE_INVALID',
    '5 amount.currency WRONG_CURRENCY',
    '6 amount ROW_VALUE_INVALID',
    '7 amount.amountMinor AMOUNT_INVALID',
    '8 amount ROW_VALUE_INVALID',
    '9 maxQuantity TIER_INVALID',
    '10 validUntil PERIOD_INVALID',
    '11 priceList ROW_REFERENCE_UNKNOWN',
    '12 sku ROW_REFERENCE_UNKNOWN',
    '13 validFrom ROW_VALUE_INVALID',
  ])
  const rows = await db
    .selectFrom('price')
    .select(['amount_minor', 'min_quantity'])
    .orderBy('min_quantity')
    .execute()
  expect(rows).toMatchObject([
    { amount_minor: 1000n, min_quantity: 1 },
    { amount_minor: 700n, min_quantity: 90 },
  ])
})

test('promotions that can never work are refused with what is wrong in their rule, and none is half there', async () => {
  const rule = { v: 1, trigger: 'AUTOMATIC', effect: { kind: 'PERCENT', target: 'ORDER', ratePpm: 100_000 } }
  const of = (key: string, more: object, rest: object = {}) => ({
    key,
    name: { en: key },
    definition: { ...rule, ...more },
    ...rest,
  })
  const file = jsonl(
    of('good', {}),
    of('over', { effect: { kind: 'PERCENT', target: 'ORDER', ratePpm: 1_000_001 } }),
    of('unknown', { effect: { kind: 'WISH' } }),
    of('backwards', { startsAt: '2027-01-01T00:00:00Z', endsAt: '2026-01-01T00:00:00Z' }),
    of('currency', { conditions: [{ kind: 'MIN_SUBTOTAL', amounts: { XYZ: 100 } }] }),
    of('never', { conditions: [{ kind: 'MIN_QUANTITY', quantity: 0 }] }),
    of('codeless', { trigger: 'COUPON' }, { status: 'PUBLISHED' }),
    of('spaces', { trigger: 'COUPON' }, { couponCodes: ['A B'] }),
    of('limit', {}, { usageLimit: 0 }),
    of('budget', {}, { budgets: [{ currency: 'XYZ', amountMinor: 1 }] }),
    of('gift', { effect: { kind: 'GIFT', variant: 'MUG' } }, { status: 'PUBLISHED' }),
    of('typo', { items: { category: ['cofee'] } }),
    of('vain', {}, { couponCodes: ['VAIN'] }),
  )
  const job = await runImportOf(ctx, { kind: 'PROMOTIONS', format: 'JSONL', file })
  expect(job.report).toEqual([
    '2 definition.effect.ratePpm PROMOTION_INVALID',
    '3 definition.effect.kind PROMOTION_INVALID',
    '4 definition.endsAt PROMOTION_INVALID',
    '5 definition.conditions.0.amounts.XYZ PROMOTION_INVALID',
    '6 definition.conditions.0.quantity PROMOTION_INVALID',
    '7 status COUPON_CODES_MISSING',
    '8 couponCodes.0 COUPON_CODE_INVALID',
    '9 usageLimit LIMIT_INVALID',
    '10 budgets.0 BUDGET_INVALID',
    '11 definition.effect.variant PROMOTION_INVALID',
    '12 definition.items.category.0 PROMOTION_INVALID',
    '13 couponCodes PROMOTION_INVALID',
  ])
  const made = await db.selectFrom('promotion').select('name').execute()
  expect(made).toEqual([{ name: { en: 'good' } }])
})

test('stock and customers that cannot be are refused row by row', async () => {
  const stock = await runImportOf(ctx, {
    kind: 'STOCK',
    file: 'location,sku,onHand\nmain,MUG,-1\nmain,MUG,1.5\nmoon,MUG,1\nmain,NONE,1\nmain,MUG,99999999999\nmain,MUG,3\n',
  })
  expect(stock.report).toEqual([
    '2 onHand STOCK_NEGATIVE',
    '3 onHand ROW_VALUE_INVALID',
    '4 location ROW_REFERENCE_UNKNOWN',
    '5 sku ROW_REFERENCE_UNKNOWN',
    '6 onHand STOCK_TOO_LARGE',
  ])
  const customers = await runImportOf(ctx, {
    kind: 'CUSTOMERS',
    file: 'key,email,name,locale,groups,consents\nk1,nobody,Ana,,,\nk2,b@shop.test,Bo,klingon!,,\nk3,c@shop.test,Cy,,ghosts,\nk4,d@shop.test,Di,,,SPYING\nk5,e@shop.test,Ed,,,\n',
  })
  expect(customers.report).toEqual([
    '2 email EMAIL_INVALID',
    '3 locale ROW_VALUE_INVALID',
    '4 groups ROW_REFERENCE_UNKNOWN',
    '5 consents.0 ROW_VALUE_INVALID',
  ])
  expect(await db.selectFrom('customer').select('name').execute()).toEqual([{ name: 'Ed' }])
})
