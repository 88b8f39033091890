import SchemaBuilder from '@pothos/core'
import RelayPlugin from '@pothos/plugin-relay'
import ScopeAuthPlugin from '@pothos/plugin-scope-auth'
import type { Money, Permission, Refusal } from '@hilo/kernel'
import { accessScopes, deniedError } from './access.ts'
import type { RequestContext } from './context.ts'
import { fromGlobalId, toGlobalId } from './ids.ts'

/** The types that GraphQL knows by name and that every slice shares. */
export interface Types {
  Context: RequestContext
  DefaultFieldNullability: false
  AuthScopes: {
    /** Open to all, guests included. */
    anyone: boolean
    /** A signed-in customer. */
    customer: boolean
    /** A customer, or a device as its owner's hand: sees only its own. */
    owner: boolean
    device: boolean
    staff: boolean
    /** Staff or an API key that holds this permission. */
    permission: Permission
    /** Staff or an API key that holds any of these. */
    anyPermission: readonly Permission[]
  }
  Scalars: {
    ID: { Input: string; Output: string }
    DateTime: { Input: Date; Output: Date }
    Date: { Input: string; Output: string }
    SafeInt: { Input: number; Output: number | bigint }
    JSON: { Input: unknown; Output: unknown }
    CurrencyCode: { Input: string; Output: string }
    CountryCode: { Input: string; Output: string }
    LanguageTag: { Input: string; Output: string }
  }
  Objects: { Money: Money }
  Interfaces: { UserError: Refusal }
}

/** The one schema builder. Slices add their nouns to it by importing it; `apps/api` assembles the schema. */
export const builder = new SchemaBuilder<Types>({
  plugins: [ScopeAuthPlugin, RelayPlugin],
  defaultFieldNullability: false,
  scopeAuth: {
    authScopes: ({ actor }) => accessScopes(actor),
    authorizeOnSubscribe: true,
    unauthorizedError: (_parent, context) => deniedError(context),
  },
  relay: {
    nodesOnConnection: true,
    encodeGlobalID: (typename, id) => toGlobalId(typename, String(id)),
    decodeGlobalID: fromGlobalId,
    nodeQueryOptions: {
      authScopes: { anyone: true },
      description: 'Anything with an id, when it is yours to see.',
    },
    nodesQueryOptions: {
      authScopes: { anyone: true },
      description: 'Many things by id, in the order asked; null for what is not there or not yours.',
    },
  },
})

/** The schema types after Pothos has filled in its defaults, for helpers that are generic over fields. */
export type SchemaTypes = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer T> ? T : never
