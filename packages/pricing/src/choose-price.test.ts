import { describe, expect, it } from 'vitest'
import { choosePrice, explainPrice, type PriceCandidate, type PriceRequest } from './choose-price.ts'

const row = (id: string, amount: number, rest: Partial<PriceCandidate> = {}): PriceCandidate => ({
  id,
  amountMinor: BigInt(amount),
  currency: 'PLN',
  minQuantity: 1,
  rank: 0,
  ...rest,
})

const rows = [
  row('default', 1000, { maxQuantity: 10 }),
  row('company', 400, { maxQuantity: 5, rank: 1, customerGroupId: 'medusa' }),
  row('poland', 300, { maxQuantity: 4, rank: 1, country: 'PL' }),
  row('poland-many', 250, { minQuantity: 4, maxQuantity: 10, rank: 1, country: 'PL' }),
  row('poland-company', 999, { maxQuantity: 10, rank: 2, country: 'PL', customerGroupId: 'medusa' }),
]

const request = (rest: Partial<PriceRequest> = {}): PriceRequest => ({
  currency: 'PLN',
  now: '2026-06-15T12:00:00Z',
  quantity: 1,
  ...rest,
})

describe('choosePrice', () => {
  it.each([
    ['only the currency', {}, 1000n],
    ['the country', { country: 'PL' }, 300n],
    ['the country and five units', { country: 'PL', quantity: 5 }, 250n],
    ['the country and the quantity where two tiers meet', { country: 'PL', quantity: 4 }, 250n],
    ['the company', { customerGroupIds: ['medusa'] }, 400n],
    ['the company beyond its quantity', { customerGroupIds: ['medusa'], quantity: 6 }, 1000n],
    ['an unknown company', { customerGroupIds: ['acme'] }, 1000n],
    ['country and company together', { country: 'PL', customerGroupIds: ['medusa'] }, 999n],
    ['a quantity above every row', { quantity: 11 }, undefined],
    ['a currency without rows', { currency: 'EUR' }, undefined],
  ])('knows what holds for %s', (_, rest, amount) => {
    expect(choosePrice(rows, request(rest))?.amountMinor).toBe(amount)
  })

  it('tells a price of zero from no price', () => {
    expect(choosePrice([row('gift', 0)], request())?.amountMinor).toBe(0n)
    expect(choosePrice([], request())).toBeUndefined()
  })

  it('ignores a list that has ended or not started, to the instant', () => {
    const sale = row('sale', 800, {
      rank: 1,
      validFrom: '2026-06-01T00:00:00Z',
      validUntil: '2026-07-01T00:00:00Z',
    })
    const at = (now: string) => choosePrice([rows[0]!, sale], request({ now }))?.id
    expect(at('2026-05-31T23:59:59.999Z')).toBe('default')
    expect(at('2026-06-01T02:00:00+02:00')).toBe('sale')
    expect(at('2026-06-30T23:59:59.999Z')).toBe('sale')
    expect(at('2026-07-01T00:00:00Z')).toBe('default')
  })

  it('takes a row for several audiences when one of each fits', () => {
    const many = [
      row('many', 5, {
        country: ['ES', 'PT'],
        segmentId: ['loyal', 'new'],
        customerGroupId: ['a', 'b'],
        rank: 9,
      }),
      rows[0]!,
    ]
    const chosen = (rest: Partial<PriceRequest>) => choosePrice(many, request(rest))?.id
    const all = { country: 'PT', segmentIds: ['old', 'new'], customerGroupIds: ['b'] }
    expect(chosen(all)).toBe('many')
    expect(chosen({ ...all, country: 'FR' })).toBe('default')
    expect(chosen({ ...all, segmentIds: ['old'] })).toBe('default')
    expect(chosen({ ...all, segmentIds: undefined })).toBe('default')
    expect(chosen({ ...all, customerGroupIds: [] })).toBe('default')
  })

  it('takes the earlier list when two derive the same amount from one row', () => {
    const twins = [row('base', 5, { priceListId: 'b' }), row('base', 5, { priceListId: 'a' })]
    expect(choosePrice(twins, request())?.priceListId).toBe('a')
    expect(choosePrice(twins.toReversed(), request())?.priceListId).toBe('a')
  })

  it('prefers rank to tier, tier to amount, amount to id, whatever the order of rows', () => {
    const ranked = [
      row('z', 100),
      row('cheap-tier', 50, { minQuantity: 2 }),
      row('tier', 60, { minQuantity: 3 }),
      row('b', 90, { rank: 1 }),
      row('a', 90, { rank: 1 }),
    ]
    expect(choosePrice(ranked, request({ quantity: 5 }))?.id).toBe('a')
    expect(choosePrice(ranked.toReversed(), request({ quantity: 5 }))?.id).toBe('a')
    expect(choosePrice(ranked.slice(0, 3), request({ quantity: 5 }))?.id).toBe('tier')
  })

  it('throws for a currency that does not exist', () => {
    expect(() => choosePrice(rows, request({ currency: '' }))).toThrow(RangeError)
    expect(() => choosePrice(rows, request({ now: 'soon' }))).toThrow(RangeError)
  })
})

describe('explainPrice', () => {
  it('says why each other row lost', () => {
    const all = [
      ...rows,
      row('euro', 100, { currency: 'EUR' }),
      row('market', 100, { marketId: 'other' }),
      row('channel', 100, { channelId: 'other' }),
      row('old', 100, { validUntil: '2026-01-01T00:00:00Z' }),
      row('new', 100, { validFrom: '2027-01-01T00:00:00Z' }),
      row('segment', 100, { segmentId: 'loyal' }),
      row('off', 100, { suspended: 'LIST_INACTIVE' }),
      row('poland-dear', 260, { minQuantity: 4, rank: 1, country: 'PL' }),
      row('poland-twin', 250, { minQuantity: 4, rank: 1, country: 'PL' }),
    ]
    const { chosen, rejected } = explainPrice(all, request({ country: 'PL', quantity: 4 }))
    expect(chosen?.id).toBe('poland-many')
    expect(Object.fromEntries(rejected.map(({ candidate, reason }) => [candidate.id, reason]))).toEqual({
      default: 'LESS_SPECIFIC',
      company: 'CUSTOMER_GROUP',
      poland: 'LOWER_TIER',
      'poland-company': 'CUSTOMER_GROUP',
      euro: 'CURRENCY',
      market: 'MARKET',
      channel: 'CHANNEL',
      segment: 'SEGMENT',
      off: 'LIST_INACTIVE',
      old: 'EXPIRED',
      new: 'NOT_STARTED',
      'poland-dear': 'HIGHER_AMOUNT',
      'poland-twin': 'LATER_ID',
    })
  })

  it('has no winner when nothing fits', () => {
    const { chosen, rejected } = explainPrice(rows, request({ country: 'DE', quantity: 50 }))
    expect(chosen).toBeUndefined()
    expect(rejected.map(({ reason }) => reason)).toEqual([
      'QUANTITY',
      'CUSTOMER_GROUP',
      'COUNTRY',
      'COUNTRY',
      'COUNTRY',
    ])
  })
})
