/** Bytes of a row at most. */
export const MAX_ROW_BYTES = 4_194_304

/** A line of a file, without its line feed. */
export interface Line {
  /** Counts from 1. */
  readonly number: number
  readonly bytes: Buffer
  /** The byte of the file behind its line feed. */
  readonly end: number
  /** True when it is longer than a row may be: `bytes` is only its beginning. */
  readonly isCut: boolean
}

/** Where in a file a reader begins. */
export interface FileStart {
  readonly offset: number
  /** The number of the line that begins there. */
  readonly line: number
}

const LINE_FEED = 0x0a

/** The lines of a file from a place on, in the memory of one line and one piece, however long they are. */
export const readLines = async function* (
  pieces: AsyncIterable<Buffer>,
  { offset, line }: FileStart,
): AsyncGenerator<Line, void, void> {
  let number = line
  let end = offset
  let held: Buffer[] = []
  let length = 0
  let isCut = false
  const hold = (bytes: Buffer): void => {
    end += bytes.length
    const room = MAX_ROW_BYTES - length
    if (bytes.length > room) isCut = true
    if (room <= 0) return
    held.push(bytes.subarray(0, room))
    length += Math.min(bytes.length, room)
  }
  const take = (): Line => {
    const taken = { number, bytes: held.length === 1 ? held[0]! : Buffer.concat(held), end, isCut }
    held = []
    length = 0
    isCut = false
    number += 1
    return taken
  }
  for await (const piece of pieces) {
    for (let from = 0; from < piece.length;) {
      const feed = piece.indexOf(LINE_FEED, from)
      hold(piece.subarray(from, feed === -1 ? piece.length : feed))
      if (feed === -1) break
      end += 1
      yield take()
      from = feed + 1
    }
  }
  if (length > 0) yield take()
}
