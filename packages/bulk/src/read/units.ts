import type { Refusal } from '@hilo/kernel'
import { BULK } from '../errors.ts'
import type { Row } from './rows.ts'

/** What is imported whole or not at all: one object of JSONL, or the rows of CSV that belong together. */
export interface Unit {
  readonly line: number
  /** Where a reader goes on behind it. */
  readonly nextLine: number
  readonly end: number
  readonly rows: readonly Row[]
  /** Why its rows cannot be read, with the line of each. */
  readonly refused: readonly { readonly line: number; readonly refusal: Refusal }[]
}

/** Rows of one unit at most: the variants that a product can have, and some pictures. */
const MAX_UNIT_ROWS = 3_000

/** Which unit a row belongs to: its name, or undefined for the one before it. Asked for refused rows too. */
export type GroupOf = (row: Row) => string | undefined

const refusedIn = (rows: readonly Row[]) =>
  rows.flatMap(({ line, refusal }) => (refusal ? [{ line, refusal }] : []))

const toUnit = (rows: readonly Row[]): Unit => {
  const last = rows.at(-1)!
  return {
    line: rows[0]!.line,
    nextLine: last.nextLine,
    end: last.end,
    rows: rows.filter(({ refusal }) => !refusal),
    refused: refusedIn(rows),
  }
}

const tooMany = ({ line, ...row }: Row): Row => ({
  ...row,
  line,
  refusal: BULK.refuse('ROW_TOO_LONG', { max: MAX_UNIT_ROWS }).error,
})

/**
 * Rows that follow each other and name the same unit. One that cannot be read, and does not say whose it is, could
 * belong to the unit before it or behind it: neither is whole then.
 */
export const groupRows = async function* (
  rows: AsyncIterable<Row>,
  groupOf: GroupOf,
): AsyncGenerator<Unit, void, void> {
  let held: Row[] = []
  let name: string | undefined
  for await (const row of rows) {
    const own = groupOf(row)
    const isUnknown = row.refusal !== undefined && own === undefined
    const isSame = held.length > 0 && (own === undefined || own === name)
    if (held.length > 0 && !isSame && !isUnknown) {
      const last = held.at(-1)!
      yield toUnit(held)
      // The row before could have been ours: it is refused here too, and told there.
      held = last.refusal && groupOf(last) === undefined ? [last] : []
    }
    if (own !== undefined || held.length === 0) name = own
    if (held.length < MAX_UNIT_ROWS) held.push(row)
    else held = [tooMany(held[0]!), row]
  }
  if (held.length > 0) yield toUnit(held)
}
