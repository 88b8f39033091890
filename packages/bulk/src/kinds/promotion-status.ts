import type { Context } from '@hilo/db'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { archivePromotion, pausePromotion, publishPromotion, resumePromotion } from '@hilo/promotions'

/** What a row makes of a promotion. */
interface Move {
  readonly is: string
  readonly wanted: string
  /** True when the row has brought another rule than the one that holds, or held before a pause. */
  readonly isNewRule: boolean
}

/**
 * To publish is to publish the newest version, which may be a draft that staff keep: only for a rule that the row has
 * brought, or a promotion that never was published.
 */
const stepsTo = ({ is, wanted, isNewRule }: Move) => {
  const isToPublish = isNewRule || is === 'DRAFT'
  if (wanted === 'PUBLISHED') {
    if (isToPublish) return [publishPromotion]
    return is === 'PAUSED' ? [resumePromotion] : []
  }
  if (wanted === 'PAUSED') {
    if (isToPublish) return [publishPromotion, pausePromotion]
    return is === 'PUBLISHED' ? [pausePromotion] : []
  }
  return wanted === 'ARCHIVED' ? [archivePromotion] : []
}

/** Gives a promotion that is not archived the status of its row; none becomes a draft again. */
export const followStatus = async (ctx: Context, id: Uuid, move: Move): Promise<Result<unknown>> => {
  for (const step of stepsTo(move)) {
    const followed = await step(ctx, { id })
    if (!followed.ok) return { ok: false, error: { ...followed.error, path: ['status'] } }
  }
  return ok(null)
}
