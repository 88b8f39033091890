import { type Candidate, groupOf } from './admission.ts'
import { type Ledger, record } from './ledger.ts'
import { isMiss, type ItemReduction, lostTo, type Proposal, proposalOf, propose } from './propose.ts'

/** Candidates by turns: those of an exclusivity group are one, at the place of its first. */
export const turnsOf = (candidates: readonly Candidate[]): Iterable<readonly Candidate[]> =>
  Map.groupBy(candidates, (candidate) => groupOf(candidate) ?? candidate).values()

/**
 * One turn of the evaluation: of these promotions the best for the customer applies, the others are noted as missed.
 * Units on the shelf are judged one by one, because a shelf price must not depend on what else is in the cart; all
 * other classes by the total. A tie goes to the earlier.
 */
export const takeTurn = (ledger: Ledger, contenders: readonly Candidate[]): void => {
  const proposals: Proposal[] = []
  for (const candidate of contenders) {
    const answer = propose(ledger, candidate)
    if (isMiss(answer)) ledger.missed.set(candidate, answer)
    else proposals.push(answer)
  }
  const [first] = proposals
  if (!first) return
  if (proposals.length === 1) record(ledger, first)
  else if (first.candidate.promotion.compiled.class === 'CATALOG') recordBestPerItem(ledger, proposals)
  else recordBest(ledger, proposals)
}

/** Money first; points, which are worth what the shop says, only decide between those without. */
const isBetter = (a: Proposal, b: Proposal): boolean =>
  a.total === b.total ? a.points > b.points : a.total > b.total

const recordBest = (ledger: Ledger, proposals: readonly Proposal[]): void => {
  const best = proposals.reduce((a, b) => (isBetter(b, a) ? b : a))
  record(ledger, best)
  for (const { candidate } of proposals) {
    if (candidate !== best.candidate) ledger.missed.set(candidate, lostTo(best.candidate))
  }
}

const recordBestPerItem = (ledger: Ledger, proposals: readonly Proposal[]): void => {
  const best = new Map<number, { readonly reduction: ItemReduction; readonly candidate: Candidate }>()
  for (const { candidate, onItems } of proposals) {
    for (const reduction of onItems) {
      const known = best.get(reduction.index)
      if (!known || reduction.amount > known.reduction.amount)
        best.set(reduction.index, { reduction, candidate })
    }
  }
  for (const { candidate, onItems } of proposals) {
    const won = onItems.filter((reduction) => best.get(reduction.index)!.reduction === reduction)
    if (won.length > 0) {
      const total = won.reduce((sum, { amount }) => sum + amount, 0n)
      record(ledger, proposalOf(candidate, { onItems: won, total }))
    } else {
      ledger.missed.set(candidate, lostTo(best.get(onItems[0]!.index)!.candidate))
    }
  }
}
