import { currentActor } from '@hilo/access'
import type { Context } from '@hilo/db'
import { COMMON, type Refusal } from '@hilo/kernel'
import { checkPermission } from '../check-permission.ts'
import { permissionOf } from '../job.ts'
import type { Turn } from './claim.ts'

/** Who made the job may not do it any more: nothing of the piece in hand is kept, and the job is over. */
export class NoLongerPermitted extends Error {
  override readonly name = 'NoLongerPermitted'
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** The context of the next piece, with what the maker of the job may do at this moment; throws when that is not enough. */
export const stillPermitted = async (ctx: Context, { job }: Turn): Promise<Context> => {
  const actor = await currentActor(ctx.db, ctx.actor, ctx.now())
  if (!actor) throw new NoLongerPermitted(COMMON.refuse('FORBIDDEN', { permission: permissionOf(job) }).error)
  const permitted = checkPermission(actor, job)
  if (!permitted.ok) throw new NoLongerPermitted(permitted.error)
  return { ...ctx, actor }
}
