import { encodeId, newId } from '@hilo/kernel'
import { describe, expect, it } from 'vitest'
import { compilePromotion } from './compile-promotion.ts'
import type { PromotionDefinition } from './definition.ts'

const VALID: PromotionDefinition = {
  v: 1,
  trigger: 'AUTOMATIC',
  startsAt: '2026-06-01T00:00:00+02:00',
  endsAt: '2026-07-01T00:00:00+02:00',
  channels: { kinds: ['DEVICE'], codes: ['web'] },
  markets: ['eu'],
  audience: { customerGroups: ['vip'], loggedIn: true, deviceKinds: ['APPLIANCE'] },
  items: { all: [{ category: ['coffee'] }, { not: { sku: ['DECAF'] } }, { priceAtLeast: { EUR: 500 } }] },
  conditions: [{ kind: 'MIN_SUBTOTAL', amounts: { EUR: 5000, USD: 5500 } }],
  effect: { kind: 'PERCENT', ratePpm: 100_000, target: 'ITEM' },
  cap: { amountMinor: 1000, currency: 'EUR' },
  priority: 5,
  exclusivityGroup: 'summer',
  combinesWith: ['SHIPPING'],
}

const refusalOf = (definition: unknown) => {
  const result = compilePromotion(definition)
  return result.ok ? undefined : `${result.error.path.join('.')}: ${result.error.data.reason.en}`
}

describe('compilePromotion', () => {
  it('accepts a definition with everything, as it comes back from JSON', () => {
    const result = compilePromotion(JSON.parse(JSON.stringify(VALID)))
    expect(result).toMatchObject({ ok: true, value: { class: 'CATALOG', priority: 5, definition: VALID } })
  })

  it.each([
    ['ITEM', 'CATALOG'],
    ['LINE', 'LINE'],
    ['ORDER', 'ORDER'],
    ['DELIVERY', 'SHIPPING'],
  ])('derives the class of a target %s', (target, name) => {
    const result = compilePromotion({ ...VALID, effect: { ...VALID.effect, target } })
    expect(result).toMatchObject({ ok: true, value: { class: name } })
  })

  it('refuses with one code', () => {
    expect(compilePromotion(null)).toMatchObject({
      ok: false,
      error: { code: 'PROMOTION_INVALID', path: [] },
    })
  })

  it.each<[string, object, string]>([
    ['a member it does not know', { color: 'red' }, 'color: is not known here'],
    ['another version', { v: 2 }, 'v: must be 1'],
    [
      'a time zone that is none',
      { schedule: { timeZone: 'Mars/Olympus', weekly: [{ days: ['MON'], from: '09:00', until: '10:00' }] } },
      'schedule.timeZone: must be an IANA time zone, such as Europe/Madrid',
    ],
    [
      'an hour that no clock shows',
      { schedule: { weekly: [{ days: ['MON'], from: '09:00', until: '24:01' }] } },
      'schedule.weekly.0.until: must be a time from 00:00 to 24:00, such as 09:30',
    ],
    [
      'a country by its name',
      { countries: ['Spain'] },
      'countries.0: must be a country of two capital letters, such as ES',
    ],
    [
      'a place beyond the pole',
      { audience: { near: { latitude: 91, longitude: 0, radiusMetres: 1 } } },
      'audience.near.latitude: must be a number from -90 to 90',
    ],
    [
      'an attribute that is a list of lists',
      { items: { attribute: { code: 'size', in: [[1]] } } },
      'items.attribute.in.0: must be one of string, number, boolean',
    ],
    ['no trigger', { trigger: undefined }, 'trigger: is required'],
    [
      'a date without an hour',
      { startsAt: '2026-06-01' },
      'startsAt: must be a date and time with offset, such as 2026-11-27T00:00:00Z',
    ],
    [
      'a day that does not exist',
      { startsAt: '2026-13-01T00:00:00Z' },
      'startsAt: must be a date and time with offset, such as 2026-11-27T00:00:00Z',
    ],
    [
      'a day that its month does not have',
      { startsAt: '2026-02-30T00:00:00Z' },
      'startsAt: is on a day that its month does not have',
    ],
    ['a place nobody can be in', { channels: { kinds: [] } }, 'channels.kinds: must not be empty'],
    [
      'a channel kind that does not exist',
      { channels: { kinds: ['FAX'] } },
      'channels.kinds.0: must be one of WEB, MOBILE_APP, STORE, SOCIAL, MARKETPLACE, CHAT, VOICE, DEVICE, VEHICLE',
    ],
    [
      'no effect',
      { effect: {} },
      'effect.kind: must be one of AMOUNT, BUNDLE, BUY_X_GET_Y, CHEAPEST, FIXED_PRICE, FREE_DELIVERY, GIFT, PERCENT, POINTS, TIERED',
    ],
    [
      'a rate above the whole',
      { effect: { kind: 'PERCENT', ratePpm: 1_000_001, target: 'ITEM' } },
      'effect.ratePpm: must be a whole number from 1 to 1000000',
    ],
    [
      'a rate with a fraction',
      { effect: { kind: 'PERCENT', ratePpm: 0.1, target: 'ITEM' } },
      'effect.ratePpm: must be a whole number from 1 to 1000000',
    ],
    [
      'an amount below zero',
      { effect: { kind: 'AMOUNT', amounts: { EUR: -1 }, target: 'ITEM' } },
      'effect.amounts.EUR: must be a whole number from 1 to 9007199254740991',
    ],
    [
      'a currency that does not exist',
      { effect: { kind: 'AMOUNT', amounts: { EURO: 1 }, target: 'ITEM' } },
      'effect.amounts.EURO: must be an ISO 4217 currency code',
    ],
    [
      'amounts in no currency',
      { effect: { kind: 'AMOUNT', amounts: {}, target: 'ITEM' } },
      'effect.amounts: must not be empty',
    ],
    [
      'a predicate of two minds',
      { items: { sku: ['A'], product: ['B'] } },
      'items: must have at most 1 member',
    ],
    [
      'an unknown predicate, deep inside',
      { items: { any: [{ not: { colour: ['red'] } }] } },
      'items.any.0.not.colour: is not known here',
    ],
    [
      'an unknown condition',
      { conditions: [{ kind: 'FULL_MOON' }] },
      'conditions.0.kind: must be one of DELIVERY_METHOD, DISTINCT_ITEMS, MIN_QUANTITY, MIN_SUBTOTAL, ORDER_COUNT, PAYMENT_METHOD',
    ],
    [
      'a class that does not exist',
      { combinesWith: ['TAX'] },
      'combinesWith.0: must be one of CATALOG, LINE, ORDER, SHIPPING',
    ],
    ['a list where an object belongs', { audience: ['vip'] }, 'audience: must be an object'],
    ['a member set to null', { priority: null }, 'priority: must be a whole number from -1000000 to 1000000'],
  ])('refuses %s', (_, change, expected) => {
    expect(refusalOf({ ...VALID, ...change })).toBe(expected)
  })

  it.each<[string, object, string]>([
    ['ends before it starts', { endsAt: '2026-05-31T22:00:00Z' }, 'endsAt: it ends before it starts'],
    [
      'is for guests of a group',
      { audience: { loggedIn: false, customerGroups: ['vip'] } },
      'audience.loggedIn: a guest is in no customer group',
    ],
    [
      'has amounts in different currencies',
      { effect: { kind: 'AMOUNT', amounts: { JPY: 500 }, target: 'ITEM' } },
      'effect: its amounts have no currency in common',
    ],
    [
      'wants two SKUs in one',
      { items: { all: [{ sku: ['A', 'B'] }, { sku: ['C'] }] } },
      'items.all: no item can be of every sku named here',
    ],
    [
      'wants a SKU and not that SKU',
      { items: { all: [{ sku: ['A'] }, { not: { sku: ['A'] } }] } },
      'items.all: no item can be this and not this',
    ],
    [
      'wants of a category what it leaves out',
      { items: { all: [{ category: ['a'] }, { all: [{ not: { category: ['b', 'a'] } }] }] } },
      'items.all: no item can be this and not this',
    ],
    [
      'wants an attribute and not that attribute',
      {
        items: {
          all: [
            { attribute: { code: 'size', atLeast: 1 } },
            { not: { attribute: { atLeast: 1, code: 'size' } } },
          ],
        },
      },
      'items.all: no item can be this and not this',
    ],
    [
      'is for the first order of who has ordered',
      { audience: { firstOrder: true }, conditions: [{ kind: 'ORDER_COUNT', atLeast: 3 }] },
      'conditions.0: on the first order nobody has ordered before',
    ],
    [
      'is for later orders of who has not ordered',
      { audience: { firstOrder: false }, conditions: [{ kind: 'ORDER_COUNT', atMost: 0 }] },
      'conditions.0: after the first order everybody has ordered before',
    ],
    [
      'counts the orders of guests',
      { audience: { loggedIn: false }, conditions: [{ kind: 'ORDER_COUNT', atMost: 5 }] },
      'conditions.0: nobody knows the orders of a guest',
    ],
    [
      'counts orders twice, and differently',
      {
        conditions: [
          { kind: 'ORDER_COUNT', atMost: 2 },
          { kind: 'ORDER_COUNT', atLeast: 3 },
        ],
      },
      'conditions.1: no number of orders fits all conditions',
    ],
    [
      'has hours on days that are not in it',
      {
        startsAt: '2026-06-16T00:00:00Z',
        endsAt: '2026-06-18T00:00:00Z',
        schedule: { weekly: [{ days: ['SUN'], from: '10:00', until: '12:00' }] },
      },
      'schedule.weekly: none of these hours lies between its start and its end',
    ],
    [
      'ends before its hours begin in their zone',
      {
        startsAt: '2026-06-16T00:00:00Z',
        endsAt: '2026-06-16T15:00:00Z',
        schedule: {
          timeZone: 'Europe/Madrid',
          weekly: [{ days: ['TUE'], from: '17:00', until: '19:00' }],
        },
      },
      'schedule.weekly: none of these hours lies between its start and its end',
    ],
    [
      'wants a price above and below',
      { items: { any: [{ all: [{ priceAtLeast: { EUR: 2 } }, { priceAtMost: { EUR: 1 } }] }] } },
      'items.any.0.all: no price in EUR is at least the one and at most the other',
    ],
    [
      'wants more orders than it allows',
      { conditions: [{ kind: 'ORDER_COUNT', atLeast: 2, atMost: 1 }] },
      'conditions.0.atLeast: must not be more than atMost',
    ],
    [
      'reduces more units than there are',
      { effect: { kind: 'CHEAPEST', ratePpm: 1, quantity: 3, every: 2 } },
      'effect.every: must not be less than the number of units it reduces',
    ],
    [
      'has tiers out of order',
      {
        effect: {
          kind: 'TIERED',
          target: 'LINE',
          tiers: [
            { quantity: 5, ratePpm: 2 },
            { quantity: 3, ratePpm: 3 },
          ],
        },
      },
      'effect.tiers.1: must be larger than the tier before, and of the same sort',
    ],
    [
      'has a tier of two sorts',
      {
        effect: { kind: 'TIERED', target: 'LINE', tiers: [{ quantity: 5, amounts: { EUR: 1 }, ratePpm: 2 }] },
      },
      'effect.tiers.0: must have either quantity or amounts',
    ],
    [
      'has a step that gives nothing',
      { effect: { kind: 'TIERED', target: 'LINE', tiers: [{ quantity: 5 }] } },
      'effect.tiers.0: must have either ratePpm or off',
    ],
    [
      'has hours that never begin',
      { schedule: { weekly: [{ days: ['MON'], from: '09:00', until: '09:00' }] } },
      'schedule.weekly.0.until: must not be the same as from; a whole day is 00:00 to 24:00',
    ],
    [
      'is for guests of a segment',
      { audience: { loggedIn: false, segments: ['loyal'] } },
      'audience.loggedIn: a guest has no segment, tier or orders',
    ],
    [
      'is for guests who have ordered before',
      { audience: { loggedIn: false, firstOrder: false } },
      'audience.loggedIn: a guest has no segment, tier or orders',
    ],
    [
      'wants an attribute above and below',
      { items: { not: { attribute: { code: 'size', atLeast: 2, atMost: 1 } } } },
      'items.not.attribute.atLeast: must not be more than atMost',
    ],
    [
      'caps a gift',
      { effect: { kind: 'GIFT', variant: 'mug' } },
      'cap: there is nothing to cap: it takes nothing off',
    ],
    [
      'caps points by currency',
      { cap: undefined, caps: { EUR: 100 }, effect: { kind: 'POINTS', points: 2 } },
      'caps: there is nothing to cap: it takes nothing off',
    ],
    ['is capped twice', { caps: { EUR: 100 } }, 'caps: must not stand beside cap'],
    [
      'limits how often a gift comes that comes once',
      { cap: undefined, effect: { kind: 'GIFT', variant: 'mug', times: 2 } },
      'effect.times: has a meaning only together with every',
    ],
    [
      'gives points twice over',
      { cap: undefined, effect: { kind: 'POINTS', points: 2, factorPpm: 2_000_000 } },
      'effect.points: must have either points or factorPpm',
    ],
    [
      'gives what cannot be',
      {
        effect: {
          kind: 'BUY_X_GET_Y',
          buy: { quantity: 1 },
          get: { quantity: 1, items: { all: [{ product: ['a'] }, { product: ['b'] }] } },
        },
      },
      'effect.get.items.all: no item can be of every product named here',
    ],
  ])('refuses a rule that can never hold, because it %s', (_, change, expected) => {
    expect(refusalOf({ ...VALID, ...change })).toBe(expected)
  })

  it.each<[string, object]>([
    ['some of a category', { items: { all: [{ category: ['a'] }, { not: { category: ['b'] } }] } }],
    ['one of two SKUs', { items: { all: [{ sku: ['A', 'B'] }, { not: { sku: ['A'] } }] } }],
    ['the first order', { audience: { firstOrder: true }, conditions: [{ kind: 'ORDER_COUNT', atMost: 1 }] }],
    [
      'hours that some zone has within the window',
      {
        startsAt: '2026-06-16T00:00:00Z',
        endsAt: '2026-06-16T15:00:00Z',
        schedule: { weekly: [{ days: ['TUE'], from: '17:00', until: '19:00' }] },
      },
    ],
    [
      'hours that begin on the evening before',
      {
        startsAt: '2026-06-16T00:00:00Z',
        endsAt: '2026-06-16T02:00:00Z',
        schedule: { timeZone: 'UTC', weekly: [{ days: ['MON'], from: '22:00', until: '01:00' }] },
      },
    ],
    [
      'any hours of a week and more',
      { schedule: { weekly: [{ days: ['SUN'], from: '01:00', until: '02:00' }] } },
    ],
  ])('takes a rule that holds for %s', (_, change) => {
    expect(refusalOf({ ...VALID, audience: undefined, ...change })).toBeUndefined()
  })

  it('takes two spellings of an id for one', () => {
    const id = newId()
    const items = { all: [{ product: [id] }, { product: [encodeId('product', id)] }] }
    expect(refusalOf({ ...VALID, items })).toBeUndefined()
  })

  it('refuses a tree too deep to walk', () => {
    let items: object = { sku: ['A'] }
    for (let depth = 0; depth < 10_000; depth += 1) items = { not: items }
    expect(refusalOf({ ...VALID, items })).toMatch(/: is nested too deeply$/)
  })
})
