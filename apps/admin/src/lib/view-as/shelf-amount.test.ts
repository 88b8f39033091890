import { render } from 'svelte/server'
import { expect, it } from 'vitest'
import { overwriteGetLocale } from '#lib/paraglide/runtime.js'
import ShelfAmount from './ShelfAmount.svelte'

const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })
const shown = (price: { unit: number; lowest?: number; total?: number }) => {
  const { unit, lowest, total = unit } = price
  const lowestPrice30d = lowest === undefined ? null : euros(lowest)
  const given = { unit: euros(unit), lowestPrice30d, total: euros(total) }
  return render(ShelfAmount, { props: { price: given } }).body
}

it.each([
  ['en', 'Lowest price of the 30 days before: €11.90'],
  ['es', 'Precio más bajo de los 30 días anteriores: 11,90'],
] as const)(
  'what is struck is the lowest price of the 30 days before, and said to be that, in %s',
  (locale, said) => {
    overwriteGetLocale(() => locale)
    const body = shown({ unit: 1000, lowest: 1190 })
    expect(body).toMatch(/<s [^>]*>.*11[.,]90/)
    expect(body).toContain(said)
  },
)

it('nothing is struck beside what was not sold before, or not for more, also when the line costs less', () => {
  expect(shown({ unit: 1250 })).not.toContain('<s ')
  expect(shown({ unit: 1250, lowest: 1250 })).not.toContain('<s ')
  expect(shown({ unit: 1250, total: 1000 })).not.toContain('<s ')
})
