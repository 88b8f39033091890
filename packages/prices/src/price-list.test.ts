import { expect, test } from 'vitest'
import { listRank } from './price-list.ts'

test('A contract outranks a sale, and a sale outranks a base price, whoever they are for', () => {
  const everything = { marketId: 'm', channelId: 'c', country: 'ES', customerGroupId: 'g' }
  expect(listRank('SALE', {})).toBeGreaterThan(listRank('BASE', everything))
  expect(listRank('CONTRACT', {})).toBeGreaterThan(listRank('SALE', everything))
})

test('Within a kind the more specific audience outranks all less specific ones together', () => {
  const group = listRank('BASE', { customerGroupId: 'g' })
  const channel = listRank('BASE', { channelId: 'c' })
  const country = listRank('BASE', { country: 'ES' })
  const market = listRank('BASE', { marketId: 'm' })
  expect(group).toBeGreaterThan(channel + country + market)
  expect(channel).toBeGreaterThan(country + market)
  expect(country).toBeGreaterThan(market)
  expect(market).toBeGreaterThan(listRank('BASE', {}))
})
