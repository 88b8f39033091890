import type { Charge } from './limiter.ts'

/** What `extensions.cost` tells, in points. What has no limit is left out. */
export interface Cost {
  readonly requested: number
  /** The most that one operation may cost. */
  readonly max?: number
  /** What is left of the actor's allowance. */
  readonly available?: number
  readonly capacity?: number
  /** Points that come back each second. */
  readonly restoreRate?: number
}

const finite = <Fields extends Record<string, number | undefined>>(fields: Fields): Partial<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => Number.isFinite(value))) as Partial<Fields>

/** What an operation cost, as its answer tells it; without a charge nothing of an allowance is told. */
export const shownCost = (requested: number, max: number, charge?: Charge): Cost => ({
  requested,
  ...finite({
    max,
    available: charge?.available,
    capacity: charge?.allowance.burst,
    restoreRate: charge && Number.isFinite(charge.allowance.burst) ? charge.allowance.perSecond : undefined,
  }),
})
