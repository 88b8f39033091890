import { COMMON, may, ownerOf, refusalMessage, type Actor, type Permission } from '@hilo/kernel'
import { GraphQLError } from 'graphql'
import type { Types } from './builder.ts'
import type { RequestContext } from './context.ts'

/** Who may reach a field: any one of the rules named is enough. */
export type Access = { readonly [Rule in keyof Types['AuthScopes']]?: Types['AuthScopes'][Rule] }

/** Which access rules hold for an actor; a field without a rule is refused by the test of the assembled schema. */
export const accessScopes = (actor: Actor) => ({
  anyone: true,
  customer: actor.kind === 'customer',
  owner: ownerOf(actor) !== undefined,
  device: actor.kind === 'device',
  staff: actor.kind === 'staff',
  permission: (permission: Permission) => may(actor, permission),
  anyPermission: (permissions: readonly Permission[]) =>
    permissions.some((permission) => may(actor, permission)),
})

/** The error for a field that this actor may not reach: `UNAUTHENTICATED` for guests, else `FORBIDDEN`. */
export const deniedError = ({ actor, locale }: RequestContext): GraphQLError => {
  const code = actor.kind === 'guest' ? 'UNAUTHENTICATED' : 'FORBIDDEN'
  const spec = COMMON.catalogue[code]
  const data = { permission: locale === 'es' ? 'otro permiso' : 'another permission' }
  return new GraphQLError(refusalMessage(spec, { code, path: [], data }, locale), { extensions: { code } })
}
