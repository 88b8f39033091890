/** Cells of a record at most. */
export const MAX_CELLS = 2_000

/** What a line made of a record: it goes on in the next line, is whole, or cannot be one. */
export type Fed =
  /** The cell whose quotes are open, counted from 1, with the cells before it. */
  | { readonly is: 'OPEN'; readonly cell: number; readonly cells: readonly string[] }
  | { readonly is: 'WHOLE'; readonly cells: readonly string[] }
  /** The cell whose quotes are wrong, counted from 1, with the cells before it. */
  | { readonly is: 'WRONG'; readonly cell: number; readonly cells: readonly string[] }
  | { readonly is: 'WIDE'; readonly cells: readonly string[] }

const QUOTE = '"'

/**
 * Reads a record of CSV line by line, by RFC 4180: a quote inside of a quoted cell is doubled, and one in a cell without
 * quotes, or behind the closing one, is an error. Line breaks inside of quotes stay as they are.
 */
export const startRecord = (delimiter: string) => {
  const cells: string[] = []
  let quoted: string | undefined

  /** Reads on inside of quotes; where the cell ends, or nothing when the line ends before. */
  const close = (line: string, from: number): number | undefined => {
    for (let at = from; ;) {
      const quote = line.indexOf(QUOTE, at)
      if (quote === -1) {
        quoted += `${line.slice(at)}\n`
        return undefined
      }
      quoted += line.slice(at, quote)
      if (line[quote + 1] !== QUOTE) return quote + 1
      quoted += QUOTE
      at = quote + 2
    }
  }

  const wrong = (): Fed => ({ is: 'WRONG', cell: cells.length + 1, cells })
  const isEnd = (line: string, at: number): boolean =>
    at === line.length || (at === line.length - 1 && line[at] === '\r')

  /** Takes the next line, without its line feed. */
  return (line: string): Fed => {
    for (let at = 0; ;) {
      if (quoted === undefined && line[at] === QUOTE) {
        quoted = ''
        at += 1
      }
      if (quoted !== undefined) {
        const behind = close(line, at)
        if (behind === undefined) return { is: 'OPEN', cell: cells.length + 1, cells }
        if (!isEnd(line, behind) && !line.startsWith(delimiter, behind)) return wrong()
        cells.push(quoted)
        quoted = undefined
        if (isEnd(line, behind)) return { is: 'WHOLE', cells }
        at = behind + delimiter.length
      } else {
        const next = line.indexOf(delimiter, at)
        const cell = next === -1 ? line.slice(at).replace(/\r$/, '') : line.slice(at, next)
        if (cell.includes(QUOTE)) return wrong()
        cells.push(cell)
        if (next === -1) return { is: 'WHOLE', cells }
        at = next + delimiter.length
      }
      if (cells.length >= MAX_CELLS) return { is: 'WIDE', cells }
    }
  }
}
