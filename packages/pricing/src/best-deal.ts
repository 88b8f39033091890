import { type Candidate, groupOf } from './admission.ts'
import { takeTurn, turnsOf } from './contest.ts'
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

/** Classes that choose first in no deal. */
const NEVER_FIRST: ReadonlySet<PromotionClass> = new Set(['SHIPPING', 'GIFT'])

type Worth = ReadonlyMap<Candidate, bigint>

/** The turns of each class. */
type Turns = ReadonlyMap<PromotionClass, readonly (readonly Candidate[])[]>

/** Members of an exclusivity group in which one that never chooses first is worth more than they are. */
const outshone = (candidates: readonly Candidate[], worth: Worth): ReadonlySet<Candidate> => {
  const groups = Map.groupBy(candidates, groupOf)
  groups.delete(undefined)
  const classOf = ({ promotion }: Candidate) => promotion.compiled.class
  return new Set(
    [...groups.values()].flatMap((members) => {
      const best = members.reduce((a, b) => (worth.get(b)! > worth.get(a)! ? b : a))
      return NEVER_FIRST.has(classOf(best)) ? members.filter((one) => classOf(one) !== classOf(best)) : []
    }),
  )
}

/**
 * `BEST_DEAL`: one promotion per item and one on delivery. Each class gets to choose first once, its promotions in the
 * order of what they take off the whole cart, and of these three deals the customer gets the cheapest. Where delivery or a
 * gift is the best of an exclusivity group, the three are tried without the others of it too.
 */
export const bestDeal = (candidates: readonly Candidate[], opening: Opening): Settlement => {
  const byClass = Map.groupBy(candidates, ({ promotion }) => promotion.compiled.class)
  const untouched = openLedger(opening)
  const worth = new Map(candidates.map((candidate) => [candidate, worthOf(untouched, candidate)]))
  const byWorth = (a: Candidate, b: Candidate) => Number(worth.get(b)! - worth.get(a)!)
  const turnsWithout = (out: ReadonlySet<Candidate>): Turns =>
    new Map(
      [...byClass].map(([name, all]) => {
        const members = out.size > 0 ? all.filter((candidate) => !out.has(candidate)) : all
        // Units are compared one by one, all else as a whole; a multiplier must come after the points that it multiplies.
        if (name === 'CATALOG') return [name, [members]]
        return [name, [...turnsOf(name === 'POINTS' ? members : members.toSorted(byWorth))]]
      }),
    )
  const dealOf = (classes: readonly PromotionClass[], turns: Turns): Ledger => {
    const ledger = openLedger(opening)
    for (const name of classes) for (const contenders of turns.get(name) ?? []) takeTurn(ledger, contenders)
    return ledger
  }
  const out = outshone(candidates, worth)
  const tried = [turnsWithout(new Set()), ...(out.size > 0 ? [turnsWithout(out)] : [])]
  const deals = tried.flatMap((turns) => DEALS.map((classes) => dealOf(classes, turns)))
  const best = deals.reduce((a, b) => (payable(b) < payable(a) ? b : a))
  return { ledger: best, missed: explainMissed(candidates, best, deals) }
}

const worthOf = (ledger: Ledger, candidate: Candidate): bigint => {
  const answer = propose(ledger, candidate)
  return isMiss(answer) ? 0n : answer.total
}
