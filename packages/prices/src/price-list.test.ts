import { expect, test } from 'vitest'
import { listRank } from './price-list.ts'

test('A contract outranks a sale, and a sale outranks a base price, whoever they are for', () => {
  const everything = {
    marketIds: ['m'],
    channelIds: ['c'],
    countries: ['ES'],
    customerGroupIds: ['g'],
    segmentIds: ['s'],
  }
  expect(listRank('SALE', {})).toBeGreaterThan(listRank('BASE', everything))
  expect(listRank('CONTRACT', {})).toBeGreaterThan(listRank('SALE', everything))
})

test('Within a kind the more specific audience outranks all less specific ones together', () => {
  const group = listRank('BASE', { customerGroupIds: ['g'] })
  const segment = listRank('BASE', { segmentIds: ['s'] })
  const channel = listRank('BASE', { channelIds: ['c'] })
  const country = listRank('BASE', { countries: ['ES'] })
  const market = listRank('BASE', { marketIds: ['m'] })
  expect(group).toBeGreaterThan(segment + channel + country + market)
  expect(segment).toBeGreaterThan(channel + country + market)
  expect(channel).toBeGreaterThan(country + market)
  expect(country).toBeGreaterThan(market)
  expect(market).toBeGreaterThan(listRank('BASE', {}))
})

test('A list for several ranks as one for one, and one for none as one for everyone', () => {
  expect(listRank('SALE', { countries: ['ES', 'PT'] })).toBe(listRank('SALE', { countries: ['ES'] }))
  expect(listRank('SALE', { countries: [] })).toBe(listRank('SALE', {}))
})

test('A rank leaves the sixteen digits of the largest amount room in eight bytes', () => {
  const everything = {
    marketIds: ['m'],
    channelIds: ['c'],
    countries: ['ES'],
    customerGroupIds: ['g'],
    segmentIds: ['s'],
  }
  expect(listRank('CONTRACT', everything)).toBeLessThanOrEqual(800)
})
