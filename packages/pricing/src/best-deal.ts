import type { Candidate } from './admission.ts'
import { takeTurn } from './contest.ts'
import type { PromotionClass } from './definition.ts'
import { type Ledger, type Opening, openLedger, payable } from './ledger.ts'
import { isMiss, propose } from './propose.ts'
import { explainMissed, type Settlement } from './settlement.ts'

/** Which class chooses first; each takes what it can, and the later ones what is left. */
const DEALS: readonly (readonly PromotionClass[])[] = [
  ['CATALOG', 'LINE', 'ORDER', 'SHIPPING'],
  ['LINE', 'CATALOG', 'ORDER', 'SHIPPING'],
  ['ORDER', 'LINE', 'CATALOG', 'SHIPPING'],
]

/**
 * `BEST_DEAL`: one promotion per item and one on delivery. Each class gets to choose first once, the best of its
 * promotions before the others, and of these three deals the customer gets the cheapest.
 */
export const bestDeal = (candidates: readonly Candidate[], opening: Opening): Settlement => {
  const byClass = Map.groupBy(candidates, ({ promotion }) => promotion.compiled.class)
  const deals = DEALS.map((classes) => {
    const ledger = openLedger(opening)
    for (const name of classes) chooseWithin(ledger, name, byClass.get(name) ?? [])
    return ledger
  })
  const best = deals.reduce((a, b) => (payable(b) < payable(a) ? b : a))
  return { ledger: best, missed: explainMissed(candidates, best, deals) }
}

const chooseWithin = (ledger: Ledger, name: PromotionClass, candidates: readonly Candidate[]): void => {
  if (name === 'CATALOG') {
    takeTurn(ledger, candidates)
    return
  }
  const worth = new Map(
    candidates.map((candidate) => {
      const answer = propose(ledger, candidate)
      return [candidate, isMiss(answer) ? 0n : answer.total]
    }),
  )
  const byWorth = candidates.toSorted((a, b) => Number(worth.get(b)! - worth.get(a)!))
  for (const candidate of byWorth) takeTurn(ledger, [candidate])
}
