/** What a shelf said from a moment on, oldest first in a list. */
export interface PastPrice {
  readonly at: Date
  /** Null while it was not sold. */
  readonly amountMinor: bigint | null
  /** What it was compared with: more than the amount while it was reduced. */
  readonly listMinor: bigint | null
}

const THIRTY_DAYS = 30 * 24 * 60 * 60 * 1_000

const isReducedTo = (amount: bigint, { amountMinor, listMinor }: PastPrice): boolean =>
  amountMinor === amount && listMinor !== null && listMinor > amount

/**
 * Since when the shelf has shown this amount as reduced without interruption, and what it said before: the amount itself
 * among it, when it was asked before anybody called it reduced.
 */
const sinceWhen = (history: readonly PastPrice[], amountMinor: bigint, now: Date) => {
  let before = history.length
  while (before > 0 && isReducedTo(amountMinor, history[before - 1]!)) before -= 1
  return { start: history[before]?.at ?? now, before: history.slice(0, before) }
}

/**
 * The lowest price of the 30 days before a reduction began: what Directive (EU) 2019/2161 (art. 6a of 98/6/EC) wants
 * shown beside it. `history` is oldest first, `amountMinor` what is asked now, which the history may not have yet.
 * `undefined` when it was not sold in those days.
 */
export const lowestBefore = (
  history: readonly PastPrice[],
  { amountMinor, now }: { readonly amountMinor: bigint; readonly now: Date },
): bigint | undefined => {
  const { start, before } = sinceWhen(history, amountMinor, now)
  const from = start.getTime() - THIRTY_DAYS
  const amounts = before.flatMap((price, index) => {
    const until = before[index + 1]?.at ?? start
    return price.amountMinor !== null && until.getTime() > from ? [price.amountMinor] : []
  })
  return amounts.length === 0
    ? undefined
    : amounts.reduce((lowest, amount) => (amount < lowest ? amount : lowest))
}
