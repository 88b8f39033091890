import type { JobKind, JobRowData } from './job.ts'

/** What a file seems to be. */
export interface Guess {
  readonly format: JobRowData['format']
  /** Undefined when its fields say nothing: then people choose. */
  readonly kind: JobKind | undefined
  readonly isShopify: boolean
}

/** As much of a file as tells what it is. */
export const HEAD_BYTES = 65_536

const SHOPIFY_STOCK = ['handle', 'location']

/** The fields that only one kind has, by kind; the first kind that fits is it. */
const MARKS: readonly (readonly [kind: JobKind, fits: (has: (field: string) => boolean) => boolean])[] = [
  ['PROMOTIONS', (has) => has('definition') || has('couponcodes')],
  ['CUSTOMERS', (has) => has('email')],
  ['STOCK', (has) => SHOPIFY_STOCK.every(has) || (has('location') && has('onhand'))],
  ['PRICES', (has) => has('pricelist') && has('amount')],
  ['PRODUCTS', (has) => has('handle') || has('slug') || has('sku')],
]

const fieldsOfLine = (line: string): string[] => {
  try {
    return Object.keys(JSON.parse(line) as object)
  } catch {
    return []
  }
}

/** The cells of a header: quotes off, whatever stands between them. */
const fieldsOfHeader = (line: string): string[] => {
  const delimiter = [',', ';', '\t', '|']
    .map((sign) => [sign, line.split(sign).length] as const)
    .toSorted(([, a], [, b]) => b - a)[0]![0]
  return line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
}

/** Says what a file is by its beginning. */
export const guess = (head: string): Guess => {
  const [first = ''] = head
    .replace(/^\uFEFF/, '')
    .trimStart()
    .split(/\r?\n/, 1)
  const isJson = first.startsWith('{')
  const names = (isJson ? fieldsOfLine(first) : fieldsOfHeader(first)).map((name) => name.toLowerCase())
  // A text or an option has its language or code behind it: `name.en`, `option:size`.
  const fields = new Set(names.flatMap((name) => [name, name.split(/[.:]/, 1)[0]!]))
  const kind = MARKS.find(([, fits]) => fits((field) => fields.has(field)))?.[0]
  return { format: isJson ? 'JSONL' : 'CSV', kind, isShopify: !isJson && fields.has('handle') }
}
