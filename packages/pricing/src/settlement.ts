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
 * nothing did, the promotion that holds in its place.
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
    const tried = trials.find((trial) => trial.applied.some((proposal) => proposal.candidate === candidate))
    const stopped = trials.map((trial) => trial.missed.get(candidate)).find((miss) => miss !== undefined)
    const group = groupOf(candidate)
    const winner =
      (group === undefined ? undefined : ledger.groups.get(group)) ?? ledger.applied[0]?.candidate
    if (!tried && stopped) missed.set(candidate, stopped)
    else missed.set(candidate, winner ? lostTo(winner) : { code: 'NOTHING_TO_DISCOUNT', facts: {} })
  }
  return missed
}
