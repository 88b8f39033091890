import { GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql'
import { expect, test } from 'vitest'
import { isPublicOperation } from './public-operation.ts'

const price = new GraphQLObjectType({
  name: 'Price',
  fields: {
    unit: { type: GraphQLString },
    token: { type: GraphQLString, extensions: { momentary: true } },
  },
})

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      price: { type: price, extensions: { publicAnswer: true } },
      own: { type: price },
    },
  }),
})

const isPublic = (source: string) => isPublicOperation({ schema, document: parse(source) })

test('an operation of nothing but public fields is public', () => {
  expect(isPublic('{ price { unit } }')).toBe(true)
  expect(isPublic('{ price { unit } own { unit } }')).toBe(false)
})

test('one that asks for something of the moment is not, however deep and by whatever name', () => {
  expect(isPublic('{ price { token } }')).toBe(false)
  expect(isPublic('{ price { unit: token } }')).toBe(false)
  expect(isPublic('{ price { ...p } } fragment p on Price { ... on Price { token } }')).toBe(false)
})
