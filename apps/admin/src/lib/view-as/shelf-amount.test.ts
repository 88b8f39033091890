import { render } from 'svelte/server'
import { expect, it } from 'vitest'
import { overwriteGetLocale } from '#lib/paraglide/runtime.js'
import ShelfAmount from './ShelfAmount.svelte'

const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })
const shown = (price: { unit: number; list: number; lowest?: number; total?: number }) => {
  const { unit, list, lowest, total = unit } = price
  const lowestPrice30d = lowest === undefined ? null : euros(lowest)
  const given = { unit: euros(unit), list: euros(list), lowestPrice30d, total: euros(total) }
  return render(ShelfAmount, { props: { price: given } }).body
}

it.each([
  ['en', 'Lowest price of the 30 days before: €11.90'],
  ['es', 'Precio más bajo de los 30 días anteriores: 11,90'],
] as const)('a struck price stands with the lowest of the 30 days before, in %s', (locale, said) => {
  overwriteGetLocale(() => locale)
  const body = shown({ unit: 1000, list: 1250, lowest: 1190 })
  expect(body).toMatch(/<s [^>]*>.*12[.,]50/)
  expect(body).toContain(said)
})

it('a price that is not reduced on the shelf is not struck, also when the line costs less', () => {
  expect(shown({ unit: 1250, list: 1250 })).not.toContain('<s ')
  expect(shown({ unit: 1250, list: 1250, total: 1000 })).not.toContain('<s ')
})
