import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCursor, encodeCursor } from './index.ts'

const part = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  fc.boolean(),
  fc.constant(null),
)

describe('a cursor', () => {
  it('is read back as the key it was made of', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (key) => {
        const cursor = encodeCursor(key)
        expect(cursor).toMatch(/^[\w-]*$/)
        expect(decodeCursor(cursor, key.length)).toEqual(key)
      }),
    )
  })

  it('of another width is not a cursor here', () => {
    expect(decodeCursor(encodeCursor(['a', 1]), 1)).toBeUndefined()
    expect(decodeCursor(encodeCursor(['a']), 2)).toBeUndefined()
  })

  it('from a stranger is refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        const key = decodeCursor(text, 2)
        expect(key === undefined || key.length === 2).toBe(true)
      }),
    )
    for (const json of ['{}', '[{},1]', '[[1],2]', '"ab"', 'null', '[1,2']) {
      expect(decodeCursor(btoa(json), 2)).toBeUndefined()
    }
    expect(decodeCursor('A'.repeat(5000), 1)).toBeUndefined()
    expect(decodeCursor(btoa('["\xff"]'), 1)).toBeUndefined()
  })
})
