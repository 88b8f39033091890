import type { Refusal } from '@hilo/kernel'
import { BULK } from '../errors.ts'
import type { Row } from './rows.ts'

/** Why a row is refused, at which line, and what it is about, as far as it could be read. */
export interface RefusedRow {
  readonly line: number
  readonly refusal: Refusal
  readonly record: string | undefined
}

/** What is imported whole or not at all: one object of JSONL, or the rows of CSV that belong together. */
export interface Unit {
  readonly line: number
  /** Where a reader goes on behind it. */
  readonly nextLine: number
  readonly end: number
  /** Its rows that can be read. */
  readonly rows: readonly Row[]
  /** When one of its rows cannot be read, or may be one that cannot: each of its rows, with why. */
  readonly refused: readonly RefusedRow[]
}

/** Rows of one unit at most: the variants that a product can have, and some pictures. */
const MAX_UNIT_ROWS = 3_000

/** Rows of a unit that are told of at most. */
const MAX_TOLD = 10_000

/** Which unit a row belongs to: its name, or undefined for the one before it. Asked for refused rows too. */
export type GroupOf = (row: Row) => string | undefined

/** Where the rows of a file tell whose they are. */
export interface RowNames {
  readonly groupOf: GroupOf
  /** What the report calls a row. */
  readonly nameOf: (row: Row) => string | undefined
}

/** A row that waits for the rest of its unit. */
interface Held {
  row: Row
  readonly record: string | undefined
  /** It cannot be read, and does not say whose it is. */
  readonly isUnknown: boolean
}

/** Refuses the row because of another one of its unit. */
const beside = ({ row, isUnknown }: Held): Refusal =>
  BULK.refuse(isUnknown ? 'ROW_BESIDE_UNKNOWN' : 'ROW_BESIDE_REFUSED', { line: row.line }).error

/** `spoiler` is a row behind these that could be one of them. */
const toUnit = (held: readonly Held[], spoiler?: Held): Unit => {
  const last = held.at(-1)!.row
  const cause = held.find(({ row }) => row.refusal) ?? spoiler
  const record = held.find((each) => each.record !== undefined)?.record
  return {
    line: held[0]!.row.line,
    nextLine: last.nextLine,
    end: last.end,
    rows: held.flatMap(({ row }) => (row.refusal ? [] : [row])),
    refused: cause
      ? held.map((each) => ({
          line: each.row.line,
          refusal: each.row.refusal ?? beside(cause),
          record: each.record ?? (each.isUnknown ? undefined : record),
        }))
      : [],
  }
}

const tooMany = () => BULK.refuse('ROW_UNIT_TOO_LONG', { max: MAX_UNIT_ROWS }).error

const light = (held: Held): Held => ({ ...held, row: { ...held.row, cells: [] } })

/** Holds one more row; of a unit that has too many no more than where its rows are. */
const hold = (held: Held[], next: Held): void => {
  if (held.length === MAX_UNIT_ROWS) {
    for (const [index, each] of held.entries()) held[index] = light(each)
    held[0]!.row = { refusal: tooMany(), ...held[0]!.row }
  }
  if (held.length === MAX_TOLD) held.pop()
  held.push(held.length < MAX_UNIT_ROWS ? next : light(next))
}

/**
 * Rows that follow each other and name the same unit. One that cannot be read, and does not say whose it is, could
 * belong to the unit before it or behind it: neither is whole then. It stands in the one behind, so that a reader that
 * goes on between both finds it again.
 */
export const groupRows = async function* (
  rows: AsyncIterable<Row>,
  { groupOf, nameOf }: RowNames,
): AsyncGenerator<Unit, void, void> {
  let held: Held[] = []
  let name: string | undefined
  for await (const row of rows) {
    const own = groupOf(row)
    const next: Held = { row, record: nameOf(row), isUnknown: row.refusal !== undefined && own === undefined }
    const last = held.at(-1)
    const isOther = next.isUnknown ? last?.isUnknown : own !== undefined && own !== name
    if (last && isOther) {
      const staysUnknown = last.isUnknown && !next.isUnknown
      const done = staysUnknown ? held.slice(0, -1) : held
      if (done.length > 0) yield toUnit(done, staysUnknown ? last : undefined)
      held = staysUnknown ? [last] : []
    }
    if (own !== undefined || held.length === 0) name = own
    hold(held, next)
  }
  if (held.length > 0) yield toUnit(held)
}
