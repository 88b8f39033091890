import { describe, expect, it } from 'vitest'
import type { IdKind } from '@hilo/kernel'
import type { GraphQLInterfaceType, GraphQLObjectType } from 'graphql'
import { schema } from './schema.ts'
import { answered, type Call, callOf, type Given, rootFields, selectionOf } from './testing/call.ts'
import { createDeadCredentials } from './testing/credentials.ts'
import { codes, createTestShop, type Headers, SECRET } from './testing/shop.ts'
import { difference, snapshot } from './testing/snapshot.ts'

const { post, people, ids, ctx, cartToken, api } = await createTestShop()
const dead = await createDeadCredentials(ctx)
const { guest, stranger, strangersDevice, powerless, listener, far, farKey } = people
const callers = { guest, stranger, strangersDevice, powerless, listener, far, farKey }

type Caller = keyof typeof callers

/** They may nearly everything, but nowhere near the owner's things: they get through the door, and find nothing. */
const FAR: readonly Caller[] = ['far', 'farKey']

/** What a caller is answered: one of these codes, or with nothing but their own or what is public. */
type Rule = 'denied' | 'hidden' | 'own'

interface Case {
  readonly rule: Rule | (Readonly<Partial<Record<Caller, Rule>>> & { readonly others: Rule })
  readonly given?: Given
  /** It makes something of the caller's own, which may then be there. */
  readonly makes?: true
}

const ruleOf = ({ rule }: Case, caller: Caller): Rule => {
  const said = typeof rule === 'string' ? rule : (rule[caller] ?? rule.others)
  return said === 'denied' && FAR.includes(caller) ? 'own' : said
}

const DENIED: readonly unknown[] = ['UNAUTHENTICATED', 'FORBIDDEN']
const HIDDEN: readonly unknown[] = [
  'NOT_FOUND',
  'COUPON_UNKNOWN',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'SIGN_IN_FAILED',
  'REFRESH_TOKEN_INVALID',
  'RATE_LIMITED',
  'ROLE_FIXED',
]

const denied: Case = { rule: 'denied' }
const hidden: Case = { rule: 'hidden' }
const own: Case = { rule: 'own' }

/** Things that belong to the owner or need a permission are asked for by their ids; see `createTestShop`. */
const CASES: Readonly<Record<string, Case>> = {
  'query.activeCart': own,
  'query.apiKeys': denied,
  'query.asset': hidden,
  'query.assets': denied,
  'query.attribute': { rule: 'own', given: { id: ids.attribute } },
  'query.attributes': own,
  'query.auditActions': denied,
  'query.auditEntries': denied,
  'query.bulkJob': denied,
  'query.bulkJobs': denied,
  'query.cart': hidden,
  'query.categories': own,
  'query.category': { rule: 'own', given: { id: ids.category } },
  'query.channels': own,
  'query.collection': { rule: 'own', given: { id: ids.collection } },
  'query.collectionRulePreview': denied,
  'query.collectionRuleSchema': denied,
  'query.collections': own,
  'query.context': own,
  'query.customer': own,
  'query.customerGroups': denied,
  'query.customers': denied,
  'query.device': hidden,
  'query.devicePrice': { rule: 'own', given: { slot: 'beans' } },
  'query.devices': { rule: 'own', given: { search: SECRET } },
  'query.deviceTypes': own,
  'query.locations': own,
  'query.markets': own,
  'query.movements': denied,
  'query.node': own,
  'query.nodes': { rule: 'own', given: { ids: Object.values(ids) } },
  'query.offers': own,
  'query.order': { rule: 'hidden', given: { id: ids.order } },
  'query.orderLinePriceExplanation': denied,
  'query.orders': { rule: 'own', given: { 'where.customer': ids.customer } },
  'query.orderTotals': denied,
  'query.permissions': { rule: { others: 'denied', powerless: 'own' } },
  'query.persistedOperations': denied,
  'query.parityWatch': denied,
  'query.parityWatches': denied,
  'mutation.parityWatchCreate': { rule: 'denied', given: { variantIds: [ids.variant] } },
  'mutation.parityWatchDelete': denied,
  'query.parityReport': { rule: 'denied', given: { 'input.variantIds': [ids.variant] } },
  'query.priceExplanation': { rule: 'denied', given: { variantId: ids.variant } },
  'query.priceLists': denied,
  'query.priceListSearch': denied,
  'query.product': { rule: 'hidden', given: { id: ids.product } },
  'query.productType': { rule: 'own', given: { id: ids.productType } },
  'query.productTypes': own,
  'query.productSearch': { rule: 'own', given: { query: SECRET } },
  'query.products': { rule: 'own', given: { 'where.ids': [ids.product] } },
  'query.promotion': denied,
  'query.promotionSchema': denied,
  'query.promotionSimulations': denied,
  'query.promotions': denied,
  'query.roles': denied,
  'query.searchStatus': denied,
  'query.searchSuggest': { rule: 'own', given: { prefix: 'for' } },
  'query.searchSynonyms': denied,
  'query.segments': denied,
  'query.shop': own,
  'query.slugRedirect': { rule: 'own', given: { slug: 'sample-slug' } },
  'query.staffMembers': denied,
  'query.stockNearby': own,
  'query.translationCoverage': denied,
  'query.translationsMissing': denied,
  'query.variant': { rule: 'hidden', given: { id: ids.variant } },
  'query.variantByBarcode': own,
  'query.viewAs': denied,
  'query.viewer': own,
  'query.webhookDeliveries': denied,
  'query.webhookEndpoint': denied,
  'query.webhookEndpoints': denied,
  'query.webhookEventTypes': denied,
  'mutation.apiKeyCreate': denied,
  'mutation.apiKeyRevoke': denied,
  'mutation.apiKeyRotate': denied,
  'mutation.assetDelete': denied,
  'mutation.assetImport': denied,
  'mutation.assetUpdate': denied,
  'mutation.assetUploadCreate': denied,
  'mutation.attributeCreate': denied,
  'mutation.attributeDelete': denied,
  'mutation.attributeUpdate': denied,
  'mutation.bulkExportCreate': denied,
  'mutation.bulkImportCreate': denied,
  'mutation.bulkJobCancel': denied,
  'mutation.cartClaim': { rule: 'hidden', given: { 'input.cartToken': cartToken } },
  'mutation.cartCouponAdd': hidden,
  'mutation.cartCouponRemove': hidden,
  'mutation.cartCreate': { rule: 'own', makes: true },
  'mutation.cartLineRemove': hidden,
  'mutation.cartLineSet': hidden,
  'mutation.cartPricesAccept': hidden,
  'mutation.cartUpdate': hidden,
  'mutation.categoryCreate': denied,
  'mutation.categoryDelete': denied,
  'mutation.categoryMove': denied,
  'mutation.categoryUpdate': denied,
  'mutation.channelCreate': denied,
  'mutation.channelLocationsSet': denied,
  'mutation.channelUpdate': denied,
  'mutation.collectionCreate': denied,
  'mutation.collectionDelete': denied,
  'mutation.collectionProductsAdd': denied,
  'mutation.collectionProductsMove': denied,
  'mutation.collectionProductsRemove': denied,
  'mutation.collectionPublish': denied,
  'mutation.collectionUnpublish': denied,
  'mutation.collectionUpdate': denied,
  'mutation.consentSet': { rule: 'own', makes: true },
  'mutation.couponBatchUpdate': denied,
  'mutation.couponUpdate': denied,
  'mutation.couponsGenerate': denied,
  'mutation.customerGroupCreate': denied,
  'mutation.customerGroupDelete': denied,
  'mutation.customerGroupMembersAdd': denied,
  'mutation.customerGroupMembersRemove': denied,
  'mutation.customerGroupUpdate': denied,
  'mutation.customerLoyaltyTierSet': { rule: 'denied', given: { 'input.customerIds.0': ids.customer } },
  'mutation.customerSignIn': { rule: 'hidden', given: { 'input.email': 'nobody@home.test' } },
  'mutation.customerSignOut': own,
  'mutation.customerSignUp': { rule: 'own', makes: true },
  'mutation.customerTokenRefresh': hidden,
  'mutation.deviceAuthenticate': denied,
  'mutation.deviceCreate': { rule: 'denied', given: { 'input.ownerId': ids.customer } },
  'mutation.deviceCredentialRotate': hidden,
  'mutation.deviceKeySet': hidden,
  'mutation.deviceOrderCancel': hidden,
  'mutation.devicePurchase': { rule: 'own', makes: true },
  'mutation.deviceReadingReport': { rule: 'own', makes: true },
  'mutation.deviceRevoke': hidden,
  'mutation.deviceSlotRemove': hidden,
  'mutation.deviceSlotSet': hidden,
  'mutation.deviceStateReport': { rule: 'own', makes: true },
  'mutation.deviceUpdate': hidden,
  'mutation.imageAdd': denied,
  'mutation.imageRemove': denied,
  'mutation.imagesReorder': denied,
  'mutation.imageUpdate': denied,
  'mutation.locationChannelsSet': denied,
  'mutation.marketCreate': denied,
  'mutation.marketUpdate': denied,
  'mutation.notificationAcknowledge': hidden,
  'mutation.optionCreate': denied,
  'mutation.optionDelete': denied,
  'mutation.optionUpdate': denied,
  'mutation.orderCancel': hidden,
  'mutation.orderFulfil': denied,
  'mutation.orderPlace': hidden,
  'mutation.persistedOperationRemove': denied,
  'mutation.persistedOperationsRegister': denied,
  'mutation.priceListArchive': denied,
  'mutation.priceListCreate': denied,
  'mutation.priceListUpdate': denied,
  'mutation.priceRemove': denied,
  'mutation.priceSet': denied,
  'mutation.pricesSet': denied,
  'mutation.productCreate': denied,
  'mutation.productDraftDiscard': denied,
  'mutation.productDraftPublish': denied,
  'mutation.productDraftSave': denied,
  'mutation.productPublish': denied,
  'mutation.productRelationsSet': denied,
  'mutation.productUnpublish': denied,
  'mutation.productDelete': denied,
  'mutation.productTypeCreate': denied,
  'mutation.productTypeDelete': denied,
  'mutation.productTypeUpdate': denied,
  'mutation.productUpdate': denied,
  'mutation.productsUpsert': denied,
  'mutation.productVersionRestore': denied,
  'mutation.promotionArchive': denied,
  'mutation.promotionCreate': denied,
  'mutation.promotionOffer': { rule: 'denied', given: { 'input.customerIds.0': ids.customer } },
  'mutation.promotionOfferWithdraw': denied,
  'mutation.promotionPause': denied,
  'mutation.promotionPublish': denied,
  'mutation.promotionResume': denied,
  'mutation.promotionSimulate': { rule: 'denied', given: { 'input.promotionId': ids.promotion } },
  'mutation.promotionSimulationCancel': denied,
  'mutation.promotionUpdate': denied,
  'mutation.roleCreate': denied,
  'mutation.roleDelete': denied,
  'mutation.roleUpdate': denied,
  'mutation.searchRebuild': denied,
  'mutation.searchSynonymCreate': denied,
  'mutation.searchSynonymDelete': denied,
  'mutation.searchSynonymUpdate': denied,
  'mutation.segmentCreate': denied,
  'mutation.segmentMembersAdd': denied,
  'mutation.segmentMembersRemove': denied,
  'mutation.segmentUpdate': denied,
  'mutation.sessionRevoke': hidden,
  'mutation.shopLanguagesSet': denied,
  'mutation.shopUpdate': denied,
  'mutation.staffCreate': denied,
  'mutation.staffGrantsSet': denied,
  'mutation.staffPasswordSet': hidden,
  'mutation.staffSignIn': hidden,
  'mutation.staffSignOut': own,
  'mutation.staffUpdate': hidden,
  'mutation.stockAdjust': denied,
  'mutation.stockSet': denied,
  'mutation.translationsSet': denied,
  'mutation.variantBarcodesSet': denied,
  'mutation.variantCreate': denied,
  'mutation.variantCostSet': denied,
  'mutation.variantComponentsSet': denied,
  'mutation.variantFilesSet': denied,
  'mutation.variantGoodsSet': denied,
  'mutation.variantImagesSet': denied,
  'mutation.variantUpdate': denied,
  'mutation.variantsDelete': denied,
  'mutation.variantsGenerate': denied,
  'mutation.variantsReorder': denied,
  'mutation.variantsSave': denied,
  'mutation.webhookDeliveryReplay': denied,
  'mutation.webhookEndpointCreate': denied,
  'mutation.webhookEndpointDelete': denied,
  'mutation.webhookEndpointReplay': denied,
  'mutation.webhookEndpointSecretRotate': denied,
  'mutation.webhookEndpointTest': denied,
  'mutation.webhookEndpointUpdate': denied,
  'subscription.auditEntryAdded': denied,
  'subscription.bulkJobChanged': denied,
  'subscription.cartChanged': hidden,
  'subscription.collectionChanged': own,
  'subscription.deviceChanged': own,
  'subscription.events': { rule: { others: 'denied', listener: 'own' } },
  'subscription.notificationChanged': own,
  'subscription.orderChanged': own,
  'subscription.priceChanged': own,
  'subscription.productChanged': own,
  'subscription.promotionChanged': denied,
  'subscription.stockChanged': own,
  'subscription.webhookEndpointChanged': denied,
}

/** Before every event. */
const START = Buffer.from(JSON.stringify(['0', '0'])).toString('base64url')

/** What the owner alone, or staff with a permission, may see. */
const OWNED = [
  ids.order,
  ids.device,
  ids.notification,
  ids.cart,
  ids.customer,
  ids.promotion,
  ids.session,
  ids.staff,
  ids.apiKey,
]

const cases = rootFields.map(([operation, field]) => [operation, field.name, field] as const)

/** What a stream tells until its second sign of life without news: the server pings when there is nothing more. */
const listen = async (call: Call, caller: Headers): Promise<string> => {
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream', ...caller }
  const response = await api.fetch('http://localhost/graphql', {
    method: 'POST',
    headers,
    body: JSON.stringify(call),
  })
  const decoder = new TextDecoder()
  let heard = ''
  let pings = 0
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    const text = decoder.decode(chunk)
    heard += text
    pings += text === ':\n\n' ? 1 : 0
    if (pings === 2 || text.includes('event: complete')) break
  }
  return heard
}

/** The database as the last call left it. */
let last = await snapshot(ctx.db)

const expectRule = (rule: Rule, codes: readonly unknown[]): void => {
  if (rule === 'denied') expect(DENIED).toContain(codes[0])
  if (rule === 'hidden') expect(HIDDEN).toContain(codes[0])
  expect(codes).not.toContain('INTERNAL_SERVER_ERROR')
}

describe.each(Object.keys(callers) as Caller[])('a %s', (caller) => {
  it.each(cases.filter(([operation]) => operation !== 'subscription'))(
    'learns and changes nothing of others by the %s %s',
    async (operation, name, field) => {
      const found = CASES[`${operation}.${name}`]
      expect(found, 'A new field needs its case in this table').toBeDefined()
      const { given = {}, makes } = found!
      const before = last
      for (const depth of operation === 'query' ? [1, 2, 3] : [2]) {
        const headers = /SignOut/.test(name) ? {} : callers[caller]
        const answer = await post(callOf([operation, field], { ids, given, depth }), headers)
        expectRule(ruleOf(found!, caller), answered(answer, name))
        expect(answer.text).not.toContain('GRAPHQL_VALIDATION_FAILED')
        expect(answer.text).not.toContain(SECRET)
      }
      last = await snapshot(ctx.db)
      const { added, gone } = difference(before, last)
      if (makes) expect([...added, ...gone].filter((row) => row.includes(SECRET))).toEqual([])
      else expect({ added, gone }).toEqual({ added: [], gone: [] })
    },
  )

  it.each(cases.filter(([operation]) => operation === 'subscription'))(
    'hears nothing of others by the %s %s, from the first event on',
    async (operation, name, field) => {
      const found = CASES[`${operation}.${name}`]
      expect(found, 'A new field needs its case in this table').toBeDefined()
      const { given = {} } = found!
      const heard = await listen(
        callOf([operation, field], { ids, given: { ...given, after: START } }),
        callers[caller],
      )
      expect(heard).not.toContain(SECRET)
      expect(heard).not.toContain('INTERNAL_SERVER_ERROR')
      // A refusal names the id that it was asked for.
      const told = heard.replaceAll(/"data":\{"kind":"\w+","id":"\w+"\}/g, '')
      for (const id of OWNED) expect(told).not.toContain(`"${id}"`)
      const refused = [...heard.matchAll(/"code":"([A-Z_]+)"/g)].map(([, code]) => code)
      expectRule(ruleOf(found!, caller), refused)
    },
  )
})

/** Kinds of node that are the same for all; and those that some callers see, by kind. Nobody else sees any other. */
const SHARED_NODES = [
  'Attribute',
  'ProductType',
  'Category',
  'Channel',
  'Collection',
  'DeviceType',
  'Image',
  'Location',
  'Market',
  'Option',
  'OptionValue',
]
const SEEN_NODES: Readonly<Record<string, readonly Caller[]>> = {
  // Of a list for every channel, which whoever sets prices in one of them has to see.
  Price: FAR,
  PriceList: FAR,
  // They belong to the whole shop; their members do not.
  CustomerGroup: FAR,
  Segment: FAR,
  Role: ['powerless', 'far'],
}

const nodeKinds = schema
  .getPossibleTypes(schema.getType('Node') as GraphQLInterfaceType)
  .map(({ name }) => [name, ids[(name.charAt(0).toLowerCase() + name.slice(1)) as IdKind]] as const)

describe.each(nodeKinds)('a %s by its id', (kind, id) => {
  it('is seen by nobody but those who may', async () => {
    expect(id, 'A new kind of node needs one of it in the test shop').toBeDefined()
    const type = schema.getType(kind) as GraphQLObjectType
    const query = `query ($id: ID!) { node(id: $id) { id ... on ${kind} ${selectionOf(type, 2)} } }`
    for (const [caller, headers] of Object.entries(callers)) {
      const answer = await post({ query, variables: { id } }, headers)
      expect(answer.text).not.toContain(SECRET)
      expect(answer.text).not.toContain('INTERNAL_SERVER_ERROR')
      const seen = SHARED_NODES.includes(kind) || SEEN_NODES[kind]?.includes(caller as Caller) === true
      expect(answer.data?.['node'] !== null, `${caller} sees it`).toBe(seen)
    }
  })
})

describe('credentials that no longer hold', () => {
  it.each(Object.entries(dead))('open nothing: %s', async (_name, headers) => {
    const before = await snapshot(ctx.db)
    for (const [operation, name, field] of cases) {
      const { given = {} } = CASES[`${operation}.${name}`] ?? {}
      const answer = await post(callOf([operation, field], { ids, given }), headers)
      expect(codes(answer), name).toEqual(['UNAUTHENTICATED'])
    }
    expect(difference(before, await snapshot(ctx.db))).toEqual({ added: [], gone: [] })
  })
})

describe('the same calls tell those who may', () => {
  it.each([
    ['owner', 'query', 'cart'],
    ['owner', 'query', 'device'],
    ['owner', 'query', 'devices'],
    ['owner', 'query', 'viewer'],
    ['device', 'query', 'device'],
    ['staff', 'query', 'customers'],
    ['staff', 'query', 'product'],
    ['staff', 'query', 'products'],
    ['staff', 'query', 'promotion'],
    ['staff', 'query', 'variant'],
    ['near', 'query', 'customers'],
    ['near', 'query', 'devices'],
    ['near', 'query', 'promotions'],
    ['nearKey', 'query', 'customers'],
    ['nearKey', 'query', 'device'],
    ['nearKey', 'query', 'promotion'],
  ] as const)('what others do not learn: %s by the %s %s', async (who, operation, name) => {
    const field = cases.find(([kind, known]) => kind === operation && known === name)![2]
    const { given = {} } = CASES[`${operation}.${name}`]!
    const answer = await post(callOf([operation, field], { ids, given, depth: 3 }), people[who])
    expect(answer.text).toContain(name === 'viewer' ? 'Customer' : SECRET)
  })

  it.each([
    ['owner', 'orderChanged'],
    ['owner', 'deviceChanged'],
    ['near', 'orderChanged'],
    ['nearKey', 'deviceChanged'],
  ] as const)('what others do not hear: %s by %s', async (who, name) => {
    const field = cases.find(([, known]) => known === name)![2]
    const call = callOf(['subscription', field], { ids, given: { after: START } })
    const heard = await listen(call, people[who])
    expect(OWNED.some((id) => heard.includes(`"${id}"`))).toBe(true)
  })
})

it('has a case for every field, and none for what is gone', () => {
  expect(Object.keys(CASES).sort()).toEqual(cases.map(([operation, name]) => `${operation}.${name}`).sort())
})
