import type { Refusal } from '@hilo/kernel'
import { BULK } from '../errors.ts'
import { type Fed, startRecord } from './csv-record.ts'
import { type Line, MAX_ROW_BYTES } from './lines.ts'

/** A record of a file. */
export interface Row {
  /** Where it begins. */
  readonly line: number
  /** The line behind it, and the byte that it begins with: where a reader goes on. */
  readonly nextLine: number
  readonly end: number
  /** Its cells; of one that is refused those before the mistake. */
  readonly cells: readonly string[]
  readonly refusal?: Refusal
}

/** Lines of a record at most, which an open quote would go on with to the end of the file. */
export const MAX_ROW_LINES = 20_000

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const textOf = ({ bytes }: Line): string | undefined => {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

const refused = (line: Line, refusal: Refusal, cells: readonly string[] = []): Row => ({
  line: line.number,
  nextLine: line.number + 1,
  end: line.end,
  cells,
  refusal,
})

const tooLong = () => BULK.refuse('ROW_TOO_LONG', { max: MAX_ROW_BYTES }).error
/** Why a line cannot go on with a record that is so long with it. */
const misfitOf = (line: Line, { length, lines }: { readonly length: number; readonly lines: number }) => {
  if (line.isCut || length > MAX_ROW_BYTES) return tooLong()
  return lines > MAX_ROW_LINES ? BULK.refuse('ROW_TOO_MANY_LINES', { max: MAX_ROW_LINES }).error : undefined
}
/** Where a line is looked into that cannot be read: names stand at the front. */
const LOOKED_INTO = 65_536

const lossy = new TextDecoder('utf-8', { ignoreBOM: true })

/** The cells before the mistake of a line that is cut, or no text. */
const cellsBefore = (line: Line, feed: (text: string) => Fed): readonly string[] => {
  const { is, cells } = feed(lossy.decode(line.bytes.subarray(0, LOOKED_INTO)))
  const wrong = cells.findIndex((cell) => cell.includes('\ufffd'))
  return cells.slice(0, wrong === -1 ? (is === 'WHOLE' ? -1 : undefined) : wrong)
}

const notText = () => BULK.refuse('ROW_NOT_TEXT', {}).error

/**
 * The records of a CSV file. One that cannot be read is refused by itself, and reading goes on with the line behind its
 * first: an open quote does not swallow the rest of the file.
 */
export const readCsvRows = async function* (
  lines: AsyncIterable<Line>,
  delimiter: string,
): AsyncGenerator<Row, void, void> {
  const source = lines[Symbol.asyncIterator]()
  const queue: Line[] = []
  const next = async (): Promise<Line | undefined> => {
    const queued = queue.shift()
    if (queued) return queued
    const taken = await source.next()
    return taken.done ? undefined : taken.value
  }
  for (let first = await next(); first; first = await next()) {
    if (first.bytes.length === 0 || (first.bytes.length === 1 && first.bytes[0] === 0x0d)) continue
    const feed = startRecord(delimiter)
    const behind: Line[] = []
    let length = 0
    let cells: readonly string[] = []
    let open = 1
    let refusal: Refusal | undefined
    let whole: Row | undefined
    for (let line: Line | undefined = first; !whole && !refusal;) {
      length += line.bytes.length
      const misfit = misfitOf(line, { length, lines: behind.length + 1 })
      const text = misfit ? undefined : textOf(line)
      if (text === undefined) {
        refusal = misfit ?? notText()
        cells = cellsBefore(line, feed)
        break
      }
      const fed = feed(text)
      if (fed.is === 'WHOLE') {
        whole = { line: first.number, nextLine: line.number + 1, end: line.end, cells: fed.cells }
      } else if (fed.is === 'WRONG') {
        cells = fed.cells
        refusal = BULK.refuse('ROW_QUOTES', { column: fed.cell }).error
      } else if (fed.is === 'WIDE') {
        cells = fed.cells
        refusal = tooLong()
      } else {
        cells = fed.cells
        open = fed.cell
        line = await next()
        if (!line) refusal = BULK.refuse('ROW_QUOTES', { column: open }).error
        else behind.push(line)
        if (!line) break
      }
    }
    if (whole) yield whole
    else {
      yield refused(first, refusal!, cells)
      queue.unshift(...behind)
    }
  }
}

/** The lines of a JSONL file as records of one cell each. */
export const readJsonRows = async function* (lines: AsyncIterable<Line>): AsyncGenerator<Row, void, void> {
  for await (const line of lines) {
    if (line.bytes.length === 0) continue
    const text = line.isCut ? undefined : textOf(line)
    if (text === undefined) yield refused(line, line.isCut ? tooLong() : notText())
    else if (text.trim() !== '')
      yield { line: line.number, nextLine: line.number + 1, end: line.end, cells: [text] }
  }
}
