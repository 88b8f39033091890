import type { Context } from '@hilo/db'
import { COMMON, ok, reachOf, type Result } from '@hilo/kernel'

/** A group or a segment belongs to no channel: only who reaches all of them may make or change one. */
export const refuseNarrowed = ({ actor }: Context): Result<null> =>
  reachOf(actor, 'customers:write') === 'all'
    ? ok(null)
    : COMMON.refuse('FORBIDDEN', { permission: 'customers:write' })
