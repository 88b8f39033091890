import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from './limits.ts'
import { excess, measure } from './measure.ts'

const of = (query: string) => measure(parse(query))

/** Each fragment spreads the next one twice: the last field stands there 2^depth times. */
const bomb = (depth: number, leaf = 'leaf: shop') =>
  `{ ...f0 } ${Array.from({ length: depth }, (_, n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`).join(' ')} fragment f${depth} on Query { ${leaf} }`

describe('what a document measures', () => {
  it('is its depth, aliases, directives and root fields', () => {
    expect(of('{ a: x { b: y @skip(if: false) { z } } x { y } __typename }')).toEqual({
      depth: 3,
      aliases: 2,
      directives: 1,
      rootFields: 3,
      sameRootField: 2,
      operations: 1,
      selections: 6,
      sameField: 1,
    })
  })

  it('counts fragments where they are used, at the depth they are used at', () => {
    const query = `query a { x { y { ...inner } } ... { x { z } } ...root }
      fragment inner on Y { deep: a { b { c } } } fragment root on Query { x @include(if: true) { a: b } }`
    expect(of(query)).toMatchObject({
      depth: 5,
      aliases: 2,
      directives: 1,
      rootFields: 3,
      sameRootField: 3,
      selections: 12,
    })
    const again = '{ x { a ...f b: a ... { a } } } fragment f on X { a c: b a y { z } }'
    expect(of(again).sameField).toBe(4)
  })

  it('is the largest of its operations', () => {
    expect(of('query a { x } query b { x { y } a: z }')).toMatchObject({
      depth: 2,
      aliases: 1,
      operations: 2,
    })
  })

  it('of a fragment bomb is counted without writing it out', () => {
    const startedAt = performance.now()
    expect(of(bomb(30))).toMatchObject({ aliases: 2 ** 30, rootFields: 2 ** 30, depth: 1 })
    expect(of(bomb(600)).aliases).toBeGreaterThan(1e100)
    expect(of(bomb(30).replace('{ ...f0 }', '{ x { ...f0 } }'))).toMatchObject({
      rootFields: 1,
      selections: 3 * 2 ** 30,
    })
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })

  it('of fragments within themselves comes to an end', () => {
    expect(
      of('{ ...a } fragment a on Query { x { ...b } } fragment b on X { y { ...a } }').depth,
    ).toBeLessThan(5)
    expect(of('{ ...gone }')).toMatchObject({ depth: 0 })
  })

  it('takes introspection for one level, whose depth has a rule of its own', () => {
    expect(of('{ __schema { types { fields { type { ofType { name } } } } } }')).toMatchObject({ depth: 1 })
  })

  it('of a chain of 1,500 fragments does not exhaust the stack', () => {
    const chain = Array.from({ length: 1_500 }, (_, n) => `fragment f${n} on A { a { ...f${n + 1} } }`).join(
      ' ',
    )
    expect(of(`{ ...f0 } ${chain} fragment f1500 on A { a }`).depth).toBe(1_501)
  })
})

describe('what is above its limit', () => {
  it('is named with what was found', () => {
    expect(excess(of(`{ ${'a { '.repeat(16)} a ${'}'.repeat(16)} }`), DEFAULT_LIMITS)).toEqual({
      limit: 'depth',
      found: 17,
      max: 15,
    })
    expect(excess(of('{ a }'), DEFAULT_LIMITS)).toBeUndefined()
  })
})
