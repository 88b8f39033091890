import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeId, encodeId, ID_PREFIX, type IdKind, newId, parseId } from './index.ts'

const kind = fc.constantFrom(...(Object.keys(ID_PREFIX) as IdKind[]))
const uuid = fc.uuid({ version: 7 })

describe('a public id', () => {
  it('is read back as the noun and the database id it was made of', () => {
    fc.assert(
      fc.property(kind, uuid, (noun, id) => {
        const text = encodeId(noun, id)
        expect(parseId(text)).toEqual({ kind: noun, id })
        expect(decodeId(noun, text)).toBe(id)
      }),
    )
  })

  it('sorts as the database id does', () => {
    fc.assert(
      fc.property(kind, uuid, uuid, (noun, a, b) => {
        expect(encodeId(noun, a) < encodeId(noun, b)).toBe(a < b)
      }),
    )
  })

  it('of one noun is not an id of another', () => {
    fc.assert(
      fc.property(kind, kind, uuid, (a, b, id) => {
        fc.pre(a !== b)
        expect(decodeId(b, encodeId(a, id))).toBeUndefined()
      }),
    )
  })

  it('from a stranger is refused, never thrown at', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `prod_${text}`),
        ),
        (text) => {
          expect(() => parseId(text)).not.toThrow()
        },
      ),
    )
    const id = encodeId('product', newId())
    for (const wrong of [
      id.toUpperCase(),
      `${id}0`,
      id.slice(0, -1),
      id.replace('prod', 'cat'),
      `_${id}`,
      '',
    ]) {
      expect(decodeId('product', wrong)).toBeUndefined()
    }
  })

  it('has a prefix of its own for each noun', () => {
    const prefixes = Object.values(ID_PREFIX)
    expect(new Set(prefixes).size).toBe(prefixes.length)
    for (const prefix of prefixes) expect(prefix).toMatch(/^[a-z]{1,10}$/)
  })
})

describe('newId', () => {
  it('makes UUIDs of version 7 that differ', () => {
    const ids = Array.from({ length: 1000 }, newId)
    expect(new Set(ids).size).toBe(1000)
    for (const id of ids)
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  })
})
