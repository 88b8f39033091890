import type { Candidate } from './admission.ts'
import { takeTurn } from './contest.ts'
import type { PromotionClass } from './definition.ts'
import { type Ledger, type Opening, openLedger, payable } from './ledger.ts'
import { isMiss, propose } from './propose.ts'
import { explainMissed, type Settlement } from './settlement.ts'

/** Which class chooses first; each takes what it can, and the later ones what is left. */
const DEALS: readonly (readonly PromotionClass[])[] = [
  ['CATALOG', 'LINE', 'ORDER', 'SHIPPING', 'GIFT', 'POINTS'],
  ['LINE', 'CATALOG', 'ORDER', 'SHIPPING', 'GIFT', 'POINTS'],
  ['ORDER', 'LINE', 'CATALOG', 'SHIPPING', 'GIFT', 'POINTS'],
]

/**
 * `BEST_DEAL`: one promotion per item and one on delivery. Each class gets to choose first once, its promotions in the
 * order of what they take off the whole cart, and of these three deals the customer gets the cheapest.
 */
export const bestDeal = (candidates: readonly Candidate[], opening: Opening): Settlement => {
  const byClass = Map.groupBy(candidates, ({ promotion }) => promotion.compiled.class)
  const untouched = openLedger(opening)
  const worth = new Map(candidates.map((candidate) => [candidate, worthOf(untouched, candidate)]))
  const byWorth = (a: Candidate, b: Candidate) => Number(worth.get(b)! - worth.get(a)!)
  const deals = DEALS.map((classes) => {
    const ledger = openLedger(opening)
    for (const name of classes) {
      const members = byClass.get(name) ?? []
      // Units are compared one by one, all else as a whole.
      if (name === 'CATALOG') takeTurn(ledger, members)
      // A multiplier must come after the points that it multiplies.
      else if (name === 'POINTS') for (const candidate of members) takeTurn(ledger, [candidate])
      else for (const candidate of members.toSorted(byWorth)) takeTurn(ledger, [candidate])
    }
    return ledger
  })
  const best = deals.reduce((a, b) => (payable(b) < payable(a) ? b : a))
  return { ledger: best, missed: explainMissed(candidates, best, deals) }
}

const worthOf = (ledger: Ledger, candidate: Candidate): bigint => {
  const answer = propose(ledger, candidate)
  return isMiss(answer) ? 0n : answer.total
}
