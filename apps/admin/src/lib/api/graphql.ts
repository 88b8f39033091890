import { initGraphQLTada } from 'gql.tada'
import type { introspection } from '../graphql-env.d.ts'

/** Writes a typed document against the API's schema. */
export const graphql = initGraphQLTada<{
  introspection: introspection
  disableMasking: true
  scalars: {
    CountryCode: string
    CurrencyCode: string
    DateTime: string
    ID: string
    JSON: unknown
    LanguageTag: string
    SafeInt: number
  }
}>()

export type { ResultOf, TadaDocumentNode } from 'gql.tada'
