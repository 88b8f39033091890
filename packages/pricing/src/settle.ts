import { type Candidate, groupOf } from './admission.ts'
import { bestDeal } from './best-deal.ts'
import { takeTurn, turnsOf } from './contest.ts'
import { explainMissed, type Settlement } from './settlement.ts'
import { type Ledger, type Opening, openLedger, payable } from './ledger.ts'

/** Lets the candidates, which come in the order of evaluation, reduce the cart as its market stacks them. */
export const settle = (candidates: readonly Candidate[], opening: Opening): Settlement =>
  opening.context.market.stacking === 'BEST_DEAL' ? bestDeal(candidates, opening) : stack(candidates, opening)

/**
 * Each candidate in turn, each exclusivity group as one turn at the place of its first member. A group whose members
 * are of several classes is decided before, by trying each class: one evaluation for each.
 */
const stack = (candidates: readonly Candidate[], opening: Opening): Settlement => {
  const spanning = spanningGroups(candidates)
  const out = new Set(spanning.flat(2))
  const trials: Ledger[] = []
  for (const classes of spanning) {
    let best: { readonly ledger: Ledger; readonly members: readonly Candidate[] } | undefined
    for (const members of classes) {
      const ledger = evaluate(
        candidates.filter((candidate) => !out.has(candidate) || members.includes(candidate)),
        opening,
      )
      trials.push(ledger)
      if (!best || isBetter(ledger, members, best)) best = { ledger, members }
    }
    for (const member of best!.members) out.delete(member)
  }
  const ledger = evaluate(
    candidates.filter((candidate) => !out.has(candidate)),
    opening,
  )
  return { ledger, missed: explainMissed(candidates, ledger, trials) }
}

const isBetter = (
  ledger: Ledger,
  members: readonly Candidate[],
  best: { readonly ledger: Ledger; readonly members: readonly Candidate[] },
): boolean => {
  const difference = payable(best.ledger) - payable(ledger)
  const applies = (in_: Ledger, of: readonly Candidate[]) =>
    in_.applied.some(({ candidate }) => of.includes(candidate))
  return (
    difference > 0n || (difference === 0n && applies(ledger, members) && !applies(best.ledger, best.members))
  )
}

/** The exclusivity groups with members of more than one class, each as its members by class. */
const spanningGroups = (candidates: readonly Candidate[]): Candidate[][][] => {
  const groups = Map.groupBy(candidates, groupOf)
  groups.delete(undefined)
  return [...groups.values()]
    .map((members) => [...Map.groupBy(members, ({ promotion }) => promotion.compiled.class).values()])
    .filter((classes) => classes.length > 1)
}

const evaluate = (candidates: readonly Candidate[], opening: Opening): Ledger => {
  const ledger = openLedger(opening)
  for (const contenders of turnsOf(candidates)) takeTurn(ledger, contenders)
  return ledger
}
