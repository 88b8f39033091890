import { type Actor, type Grant, grant, SYSTEM } from '@hilo/kernel'

/** A grant as JSON keeps it. */
interface PackedGrant extends Omit<Grant, 'permissions'> {
  readonly permissions: readonly string[]
}

/** Who made a job, as JSON: the job is done in their name, with what they may when a piece is done (`stillPermitted`). */
export const packActor = (actor: Actor): object => {
  if (actor.kind !== 'staff' && actor.kind !== 'app') return actor
  const grants = actor.grants.map((each): PackedGrant => ({ ...each, permissions: [...each.permissions] }))
  return { ...actor, grants }
}

/** The actor that `packActor` kept. */
export const unpackActor = (packed: unknown): Actor => {
  const actor = packed as Actor & { readonly grants?: readonly PackedGrant[] }
  if (actor.kind !== 'staff' && actor.kind !== 'app') return actor.kind === 'system' ? SYSTEM : actor
  const grants = (actor.grants as unknown as readonly PackedGrant[]).map((each) =>
    grant(each.permissions as never, each),
  )
  return { ...actor, grants } as Actor
}
