import { ok, type Result } from '@hilo/kernel'
import { BULK } from '../errors.ts'

const startsWith = (bytes: Buffer, ...signature: number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte)

/** Every other byte is nothing: letters of two bytes each. */
const looksWide = (bytes: Buffer): boolean => {
  const sample = bytes.subarray(0, 512)
  const zeros = sample.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0)
  return zeros > sample.length / 4
}

/** Not one letter beyond ASCII is UTF-8, and there are some. */
const looksLatin = (bytes: Buffer): boolean => {
  const beyond = bytes.toString('utf8').match(/[^\0-\x7f]/gu) ?? []
  // A letter that the end of the piece cuts in two is no sign.
  const wrong = beyond.filter((letter) => letter === '\ufffd').length
  return wrong > 1 && wrong === beyond.length
}

const encodingOf = (bytes: Buffer): string | undefined => {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff) || looksWide(bytes)) return 'UTF-16'
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return 'ZIP (XLSX?)'
  if (startsWith(bytes, 0x1f, 0x8b)) return 'gzip'
  return looksLatin(bytes) ? 'Latin-1 / Windows-1252' : undefined
}

/** Where the text of a file begins, by its first piece: behind a byte order mark. Refuses what is not UTF-8. */
export const textStart = (piece: Buffer | undefined): Result<number> => {
  if (!piece || piece.length === 0) return BULK.refuse('FILE_EMPTY', {})
  const encoding = encodingOf(piece)
  if (encoding) return BULK.refuse('FILE_ENCODING', { encoding })
  return ok(startsWith(piece, 0xef, 0xbb, 0xbf) ? 3 : 0)
}

/** The delimiter that a header has most of, outside of quotes; a comma when it has none. */
export const delimiterOf = (header: string): string => {
  const outside = header.slice(0, 100_000).replaceAll(/"[^"]*"/g, '')
  const [best] = [',', ';', '\t', '|']
    .map((delimiter) => ({ delimiter, count: outside.split(delimiter).length }))
    .toSorted((a, b) => b.count - a.count)
  return best!.delimiter
}
