import { initGraphQLTada } from 'gql.tada'
import type { introspection } from './graphql-env.d.ts'

/** Writes a document whose result and variables are typed by the shop's schema. */
export const graphql = initGraphQLTada<{
  introspection: introspection
  disableMasking: true
  scalars: {
    CountryCode: string
    CurrencyCode: string
    DateTime: string
    ID: string
    JSON: unknown
    SafeInt: number
  }
}>()
