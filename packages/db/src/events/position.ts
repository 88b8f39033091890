import { decodeCursor, encodeCursor } from '@hilo/kernel'

/**
 * A place in the event log. The order is (transaction, id): ids are given while transactions run, so a transaction that
 * commits late has a smaller id than rows already read, but never a transaction below the horizon of a reader.
 */
export interface Position {
  readonly tx: bigint
  readonly id: bigint
}

/** Before the first event. */
export const START: Position = { tx: 0n, id: 0n }

/** A cursor that is none: `INVALID_CURSOR` at the door. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError'
  readonly code = 'INVALID_CURSOR'
  constructor() {
    super('The cursor is not one of this list: pass it on as it was given')
  }
}

const MAX = { tx: 2n ** 64n - 1n, id: 2n ** 63n - 1n }

const parsePart = (part: unknown, max: bigint): bigint | undefined => {
  if (typeof part !== 'string' || !/^\d{1,20}$/.test(part)) return undefined
  const value = BigInt(part)
  return value <= max ? value : undefined
}

/** The opaque text of a position, which clients resume from. */
export const formatPosition = ({ tx, id }: Position): string => encodeCursor([tx.toString(), id.toString()])

/** The position of such a text; throws `InvalidCursorError` for anything else. */
export const parsePosition = (text: string): Position => {
  const [first, second] = decodeCursor(text, 2) ?? []
  const tx = parsePart(first, MAX.tx)
  const id = parsePart(second, MAX.id)
  if (tx === undefined || id === undefined) throw new InvalidCursorError()
  return { tx, id }
}

/** True when `a` comes before `b` in the log. */
export const isBefore = (a: Position, b: Position): boolean => a.tx < b.tx || (a.tx === b.tx && a.id < b.id)
