import { type Candidate, groupOf } from './admission.ts'
import type { Ledger } from './ledger.ts'
import { lostTo } from './propose.ts'
import type { Miss } from './trace.ts'

/** How the promotions of a cart came out: the ledger that holds, and why each candidate without a place has none. */
export interface Settlement {
  readonly ledger: Ledger
  readonly missed: ReadonlyMap<Candidate, Miss>
}

/**
 * Why each candidate that the final ledger does not have was left out: what stopped it when it was tried or, when
 * only other promotions did, one that holds in its place.
 */
export const explainMissed = (
  candidates: readonly Candidate[],
  ledger: Ledger,
  trials: readonly Ledger[],
): ReadonlyMap<Candidate, Miss> => {
  const missed = new Map(ledger.missed)
  const applied = new Set(ledger.applied.map(({ candidate }) => candidate))
  for (const candidate of candidates) {
    if (applied.has(candidate) || missed.has(candidate)) continue
    const stops = trials.map((trial) => trial.missed.get(candidate)).filter((miss) => miss !== undefined)
    const stopped = stops.find(({ code }) => code !== 'LOST_TO' && code !== 'NOT_COMBINABLE')
    const appliedOnce = trials.some((trial) =>
      trial.applied.some((proposal) => proposal.candidate === candidate),
    )
    const winner = ledger.groups.get(groupOf(candidate) ?? '') ?? ledger.applied[0]?.candidate
    if (winner && (appliedOnce || !stopped)) missed.set(candidate, lostTo(winner))
    else missed.set(candidate, stopped ?? { code: 'NOTHING_TO_DISCOUNT', facts: {} })
  }
  return missed
}
