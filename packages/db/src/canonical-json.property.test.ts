import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalHash, canonicalJson } from './canonical-json.ts'

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, shuffled(member)])
      .reverse(),
  )
}

describe('canonical JSON', () => {
  it('is the same whatever the order of the keys, and JSON of an equal value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value))
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('tells apart values that differ', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        fc.pre(JSON.stringify(shuffled(a)) !== JSON.stringify(shuffled(b)))
        if (canonicalJson(a) === canonicalJson(b)) expect(a).toEqual(b)
      }),
    )
  })

  it('tells a bigint, a date and bytes from the text they look like, and leaves out what is undefined', () => {
    const values = [1n, 1, '1', new Date(1), '1970-01-01T00:00:00.001Z', new Uint8Array([1]), '01', [1], null]
    expect(new Set(values.map(canonicalJson)).size).toBe(values.length)
    expect(canonicalJson({ a: undefined, b: 1 })).toBe(canonicalJson({ b: 1 }))
    expect(canonicalJson(undefined)).toBe('null')
    expect(() => canonicalJson({ a: new Set() })).toThrow(TypeError)
    expect(canonicalHash({ b: 1, a: 2 })).toEqual(canonicalHash({ a: 2, b: 1 }))
    expect(canonicalHash(null)).toHaveLength(32)
  })
})
