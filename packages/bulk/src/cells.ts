import { canonicalLocale, type Localized } from '@hilo/kernel'

/** How a value stands in a cell. */
export interface CellCodec {
  readonly read: (cell: string) => unknown
  readonly write: (value: unknown) => string
}

const printed = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)

const parsed = (cell: string): unknown => {
  try {
    return JSON.parse(cell) as unknown
  } catch {
    return cell
  }
}

const isPlainList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) &&
  value.every(
    (each) => typeof each === 'string' && each !== '' && !/[|[\]]/.test(each) && each === each.trim(),
  )

/** The codecs there are. What a cell is not, such as a number with letters, stays text and is refused by its field. */
export const CELLS = {
  text: { read: (cell) => cell, write: printed },
  number: {
    read: (cell) => (/^-?\d+(\.\d+)?$/.test(cell.trim()) ? Number(cell) : cell),
    write: printed,
  },
  boolean: {
    read: (cell) => {
      const word = cell.trim().toLowerCase()
      if (['true', 'yes', '1'].includes(word)) return true
      return ['false', 'no', '0'].includes(word) ? false : cell
    },
    write: printed,
  },
  /** `a|b|c`, or a JSON array. */
  list: {
    read: (cell) =>
      cell.trimStart().startsWith('[')
        ? parsed(cell)
        : cell
            .split('|')
            .map((each) => each.trim())
            .filter(Boolean),
    write: (value) =>
      Array.isArray(value) && value.length === 0 ? '' : isPlainList(value) ? value.join('|') : printed(value),
  },
  json: { read: (cell) => (cell.trim() === '' ? cell : parsed(cell)), write: printed },
} as const satisfies Readonly<Record<string, CellCodec>>

export type CellKind = keyof typeof CELLS

/** A column header without what people write differently: `Price List` and `price_list` are `pricelist`. */
export const plainName = (header: string): string => header.toLowerCase().replaceAll(/[\s_-]+/g, '')

/** The field and the language of a header such as `name.es`; nothing when it is not of this field. */
export const languageOf = (header: string, field: string, otherwise: string): string | undefined => {
  const [name = '', ...tag] = header.trim().split('.')
  if (plainName(name) !== plainName(field)) return undefined
  return tag.length === 0 ? otherwise : canonicalLocale(tag.join('.'))
}

/** What a file says of a text: in the languages that it names, where null takes one away. */
export type SaidTexts = Readonly<Record<string, string | null>>

/** A text with another language said. */
export const withText = (texts: unknown, locale: string, text: string | null): SaidTexts => ({
  ...(texts as SaidTexts | undefined),
  [locale]: text,
})

/** A text as it is behind an import: languages that the file does not name stay as they were. */
export const mergeTexts = (said: SaidTexts | null | undefined, there: Localized = {}): Localized =>
  Object.fromEntries(
    Object.entries({ ...there, ...said }).filter((entry): entry is [string, string] => entry[1] !== null),
  )
