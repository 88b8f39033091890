import { createClient, defaultBackoff } from '@hilo/client'
import { initGraphQLTada } from 'gql.tada'
import type { introspection } from './graphql-env.d.ts'
import { locale } from './messages.ts'
import { cartToken, sessionToken } from './remembered.ts'

/** Where the shop's API is. */
export const API: string = import.meta.env['VITE_API_URL'] ?? 'http://localhost:4000'

/** The one way to the shop. */
export const client = createClient({
  url: `${API}/graphql`,
  webSocket: true,
  // Somebody waits in front of the page.
  backoff: { ...defaultBackoff, maxMs: 3_000 },
  context: () => ({ channel: 'web-eu', locale, cartToken: cartToken.get() }),
  auth: {
    get: sessionToken.get,
    // The shop will not have this session any more: go on as a guest.
    refresh: async () => sessionToken.set(undefined),
  },
})

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
