import { initGraphQLTada } from 'gql.tada'
import { getOperationAST, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { operationOf } from './document.ts'

const graphql = initGraphQLTada<{ introspection: never }>() as unknown as (text: string) => never

describe('a document', () => {
  it.each([
    '{ a }',
    'query A { mutation }',
    'query mutation { a { b } subscription }',
    '# query\nmutation A($b: C = { query: "}" }) { a }',
    'fragment query on A { a } subscription B { ...query }',
    'fragment F on A @b(c: """\\""" } mutation {""") { a } mutation { a }',
    '"""described"""\nsubscription ($after: String) @inContext(channel: "query") { a(after: $after) { b } }',
  ])('is known by its operation: %s', (text) => {
    const described = text.startsWith('"""') ? text.slice(text.indexOf('\n')) : text
    expect(operationOf(text).kind).toBe(getOperationAST(parse(described))?.operation)
    expect(operationOf(graphql(described)).kind).toBe(operationOf(text).kind)
  })

  it('says which variables are inputs', () => {
    const text = 'mutation ($a: A!, $b: B!, $c: C) { one(input: $a) { d } two(input: $b, other: $c) { d } }'
    expect(operationOf(text).inputs).toEqual(['a', 'b'])
    expect(operationOf(graphql(text)).inputs).toEqual(['a', 'b'])
  })
})
