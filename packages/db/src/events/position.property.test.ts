import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPosition, InvalidCursorError, isBefore, parsePosition } from './position.ts'

const position = fc.record({
  tx: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  id: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
})

describe('a position', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(position, (place) => {
        expect(parsePosition(formatPosition(place))).toEqual(place)
      }),
    )
  })

  it('comes before exactly one of two that differ: by transaction, then by id', () => {
    fc.assert(
      fc.property(position, position, (a, b) => {
        const order = a.tx === b.tx ? a.id < b.id : a.tx < b.tx
        expect(isBefore(a, b)).toBe(order)
        expect(isBefore(a, a)).toBe(false)
      }),
    )
  })

  it('is nothing else: any other text is an invalid cursor', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => parsePosition(text)).toThrow(InvalidCursorError)
      }),
    )
  })
})
