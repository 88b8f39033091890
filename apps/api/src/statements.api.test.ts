import { createTestCustomer } from '@hilo/customers/testing'
import { recordStatements } from '@hilo/db/testing'
import { createTestOrder } from '@hilo/orders/testing'
import { createPricedProduct } from '@hilo/prices/testing'
import { createTestPromotion } from '@hilo/promotions/testing'
import { indexAll, putOnShelves } from '@hilo/search/testing'
import {
  getNamedType,
  getNullableType,
  type GraphQLOutputType,
  isCompositeType,
  isListType,
  isObjectType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { beforeAll, expect, it } from 'vitest'
import { schema } from './schema.ts'
import { type Call, callOf, type Given, rootFields } from './testing/call.ts'
import { createTestShop } from './testing/shop.ts'

const { ctx, shop, sku, people, ids, post } = await createTestShop()

beforeAll(async () => {
  const owned = { ...ctx, channel: shop.channels.webEu }
  for (let n = 0; n < 4; n += 1) {
    const { variantId } = await createPricedProduct(ctx, { sku: `MANY-${n}`, amounts: { EUR: 500 } })
    await createTestPromotion(ctx, { name: `Promotion ${n}`, couponCodes: [`CODE-${n}`] })
    const { id } = await createTestCustomer(ctx, {})
    await shop.createMachine({ ownerId: shop.ownerId, name: `Machine ${n}` })
    await createTestOrder(
      { ...owned, actor: { kind: 'customer', customerId: id } },
      { customerId: id, lines: [{ variantId: shop.beans.variantId, quantity: 1 }] },
    )
    expect(variantId).toBeDefined()
  }
  await putOnShelves(ctx)
  await indexAll(ctx)
})

/** True for a list of things and for a connection; not for a list of texts or numbers. */
const isMany = (type: GraphQLOutputType): boolean => {
  const inner = getNullableType(type)
  if (isListType(inner)) return isCompositeType(getNamedType(inner))
  return isObjectType(inner) && inner.name.endsWith('Connection')
}

const lists = rootFields.filter(([operation, field]) => operation === 'query' && isMany(field.type))

/**
 * Statements that everything below a root list takes, whatever the number of rows: the session, the list and its count,
 * and one for each kind of thing inside it. A list that is not here fails.
 */
const STATEMENTS: Readonly<Record<string, number>> = {
  apiKeys: 3,
  assets: 30,
  attributes: 4,
  auditActions: 1,
  auditEntries: 5,
  bulkJobs: 4,
  categories: 30,
  channels: 3,
  customerGroups: 4,
  collections: 11,
  customers: 19,
  deviceTypes: 2,
  devices: 20,
  locations: 5,
  markets: 3,
  movements: 23,
  nodes: 2,
  offers: 2,
  orders: 26,
  persistedOperations: 3,
  priceListSearch: 7,
  parityWatches: 3,
  priceLists: 9,
  productSearch: 41,
  productTypes: 7,
  products: 44,
  promotionSimulations: 3,
  promotions: 10,
  roles: 4,
  searchSynonyms: 3,
  segments: 5,
  staffMembers: 7,
  stockNearby: 2,
  translationCoverage: 2,
  translationsMissing: 3,
  webhookDeliveries: 5,
  webhookEndpoints: 2,
  webhookEventTypes: 1,
}

/** Lists below which the same things are met on two ways: when several come to them at once, they are read together. */
const MET_AGAIN: readonly string[] = ['customers']

/** Lists inside things that are told below no root list, and where their statements are counted. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'ParityCell.reasons': 'parity.api.test.ts of promotions',
  'ParityReport.columns': 'parity.api.test.ts of promotions',
  'ParityReport.rows': 'parity.api.test.ts of promotions',
  'ParityRow.cells': 'parity.api.test.ts of promotions',
  'View.products': 'view-as.api.test.ts of promotions',
  'View.shelfPrices': 'view-as.api.test.ts of promotions',
  'ViewedCart.applications': 'view-as.api.test.ts of promotions',
  'ViewedCart.lines': 'view-as.api.test.ts of promotions',
  'ViewedCart.trace': 'view-as.api.test.ts of promotions',
  'ViewedPrice.applications': 'view-as.api.test.ts of promotions',
  'ViewedPrice.trace': 'view-as.api.test.ts of promotions',
  'ViewedProduct.prices': 'view-as.api.test.ts of promotions',
  'CategoryReferenceAttributeValue.categories': 'one statement for all values: attributes.api.test.ts',
  'MultiChoiceAttributeValue.choices': 'come with their value: attributes.api.test.ts',
  'ProductReferenceAttributeValue.products': 'one statement for all values: attributes.api.test.ts',
  'Cart.applications': 'of one cart, which is priced whole: cart.api.test.ts',
  'Cart.lines': 'of one cart: cart.api.test.ts',
  'Cart.missedGifts': 'of one cart: cart.api.test.ts',
  'Cart.problems': 'of one cart: cart.api.test.ts',
  'Cart.taxes': 'of one cart: cart.api.test.ts',
  'Cart.trace': 'of one cart: cart.api.test.ts',
  'CartLine.allocations': 'of one cart: cart.api.test.ts',
  'PriceExplanation.candidates': 'of one variant, read whole: price-explanation.api.test.ts',
  'CollectionRulePreviewSide.products': 'of one rule: collection.api.test.ts',
  'OrderTotals.hours': 'read whole in one statement: order-totals.api.test.ts',
  'OrderTotals.revenue': 'read whole in one statement: order-totals.api.test.ts',
  'Product.difference': 'one statement for all versions: content.api.test.ts',
  'Product.related': 'one statement for all products: content.api.test.ts',
  'ProductUpsertResult.userErrors': 'come with their result: bulk.api.test.ts',
  'DevicePrice.applications': 'of one price: purchase.api.test.ts of devices',
  'DevicePrice.trace': 'of one price: purchase.api.test.ts of devices',
  'ShelfPrice.promotions': 'comes with its price: shelf-price.api.test.ts',
  'ShelfPrice.trace': 'comes with its price: trace.api.test.ts of carts',
}

const DEPTH = 4

/** More than there is of anything. */
const MANY = 100

/** Arguments that cannot be made up. */
const GIVEN: Readonly<Record<string, Given>> = {
  productSearch: { query: 'many', facets: ['category', 'price', 'available'] },
  stockNearby: { sku, latitude: 40.4, longitude: -3.7 },
}

const callAt = (field: (typeof lists)[number], first: number) => {
  const takesFirst = field[1].args.some(({ name }) => name === 'first')
  return callOf(field, {
    ids,
    depth: DEPTH,
    given: { ...GIVEN[field[1].name], ...(takesFirst && { first }) },
  })
}

/** The lists inside lists that a query asks for, such as `Product.variants`. */
const nestedIn = (query: string): Set<string> => {
  const found = new Set<string>()
  const info = new TypeInfo(schema)
  visit(
    parse(query),
    visitWithTypeInfo(info, {
      Field: () => {
        const [field, parent] = [info.getFieldDef(), info.getParentType()]
        if (field && parent && isMany(field.type)) found.add(`${parent.name}.${field.name}`)
      },
    }),
  )
  return found
}

/** The statements of a call; the fewest of three times, since every few seconds the channels are read anew. */
const statementsOf = async (call: Call) => {
  const times = []
  for (let time = 0; time < 3; time += 1) times.push(await recordStatements(() => post(call, people.staff)))
  return times.sort((a, b) => a.statements.length - b.statements.length)[0]!
}

it.each(lists.map((field) => [field[1].name, field] as const))(
  'a list takes the same statements for one row and for many: %s',
  async (name, field) => {
    const one = await statementsOf(callAt(field, 1))
    const many = await statementsOf(callAt(field, MANY))
    expect(many.result.errors).toBeUndefined()
    // `nodes` and `edges` are both asked, so everything inside them may be loaded twice, and no more often.
    const times = Map.groupBy(many.statements, (sql) => sql)
    for (const all of times.values()) expect(all.length).toBeLessThanOrEqual(2)
    const most = STATEMENTS[name]!
    const isMetAgain = MET_AGAIN.includes(name)
    expect(one.statements.length).toBeLessThanOrEqual(isMetAgain ? most : many.statements.length)
    expect({ [name]: many.statements.length }).toEqual({
      [name]: isMetAgain ? expect.toSatisfy((count) => most - 2 <= count && count <= most) : most,
    })
  },
)

it('every list inside a thing is counted below some root list, or said where', () => {
  const counted = new Set(lists.flatMap((field) => [...nestedIn(callAt(field, 1).query)]))
  const all = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(
      ({ name }) => !/^__|^(?:Query|Mutation|Subscription)$|(?:Connection|Edge|Payload|Error)$/.test(name),
    )
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => isMany(field.type))
        .map((field) => `${type.name}.${field.name}`),
    )
  expect(all.filter((name) => !counted.has(name)).sort()).toEqual(Object.keys(ELSEWHERE).sort())
})
