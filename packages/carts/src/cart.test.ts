import { currency, type Channel } from '@hilo/kernel'
import { describe, expect, it } from 'vitest'
import { CART_STATUSES, checkChangeable } from './cart.ts'

const channel: Channel = {
  id: 'c',
  code: 'web-eu',
  kind: 'WEB',
  market: {
    id: 'm',
    code: 'eu',
    currency: currency('EUR'),
    pricesIncludeTax: true,
    countries: ['ES'],
    defaultLocale: 'en',
  },
}

const cart = { status: 'ACTIVE', marketId: 'm', version: 4 } as const
const here = { channel, market: 'eu' }

describe('changing a cart', () => {
  it('is possible while it is active, in its market, at the version that was seen', () => {
    expect(checkChangeable(cart, here).ok).toBe(true)
    expect(checkChangeable(cart, { ...here, ifVersion: 4 }).ok).toBe(true)
  })

  it.each(CART_STATUSES.filter((status) => status !== 'ACTIVE'))('is refused once it is %s', (status) => {
    expect(checkChangeable({ ...cart, status }, here)).toMatchObject({
      error: { code: 'CART_NOT_ACTIVE', data: { status } },
    })
  })

  it('is refused from another market', () => {
    expect(checkChangeable({ ...cart, marketId: 'other' }, { ...here, market: 'us' })).toMatchObject({
      error: { code: 'CART_OTHER_MARKET', data: { market: 'eu', expected: 'us' } },
    })
  })

  it('is refused when somebody changed it meanwhile', () => {
    expect(checkChangeable(cart, { ...here, ifVersion: 3 })).toMatchObject({
      error: { code: 'VERSION_CONFLICT', data: { current: 4 } },
    })
  })
})
