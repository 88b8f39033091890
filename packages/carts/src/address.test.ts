import { currency, type Market } from '@hilo/kernel'
import { describe, expect, it } from 'vitest'
import { type Address, checkAddress, checkCountry } from './address.ts'

const market: Market = {
  id: 'm',
  code: 'eu',
  currency: currency('EUR'),
  pricesIncludeTax: true,
  countries: ['ES', 'FR'],
  defaultLocale: 'en',
}

const address: Address = {
  name: 'Ada Lovelace',
  line1: 'Calle Mayor 1',
  city: 'Madrid',
  postalCode: '28013',
  country: 'ES',
}

describe('an address', () => {
  it('is good with its required fields and a country that is delivered to', () => {
    expect(checkAddress(address, market, [])).toEqual({ ok: true, value: address })
  })

  it.each([
    [{ name: ' ' }, 'TEXT_MISSING', 'name'],
    [{ line1: 'x'.repeat(201) }, 'TEXT_TOO_LONG', 'line1'],
    [{ phone: 'x'.repeat(41) }, 'TEXT_TOO_LONG', 'phone'],
    [{ city: 'Ma\u0000drid' }, 'TEXT_INVALID', 'city'],
    [{ country: 'JP' }, 'COUNTRY_NOT_SERVED', 'country'],
  ])('is refused with %o', (wrong, code, field) => {
    expect(checkAddress({ ...address, ...wrong }, market, ['address'])).toMatchObject({
      error: { code, path: ['address', field] },
    })
  })

  it('names the countries that are delivered to', () => {
    expect(checkCountry('JP', market, ['country'])).toMatchObject({
      error: { data: { country: 'JP', countries: ['ES', 'FR'] } },
    })
  })
})
