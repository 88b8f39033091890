import { ok, type Result } from '@hilo/kernel'
import { CELLS, type CellKind, languageOf, plainName, withText } from '../cells.ts'
import { BULK } from '../errors.ts'
import type { ImportSettings, Warning } from '../job.ts'
import type { CsvPlan } from '../kind.ts'
import { REASONS } from '../words.ts'
import type { Row } from '../read/rows.ts'

type Draft = Record<string, unknown>

/** What a cell does to the product, in its first row, or to the variant of the row. */
interface Column {
  readonly level: 'PRODUCT' | 'VARIANT' | 'BOTH'
  readonly put: (draft: Draft, cell: string | null) => void
}

const PRODUCT: Readonly<Record<string, CellKind>> = {
  key: 'text',
  slug: 'text',
  type: 'text',
  taxClass: 'text',
  status: 'text',
  categories: 'list',
  collections: 'list',
  channels: 'list',
  schedules: 'json',
  images: 'list',
  options: 'json',
}

const VARIANT: Readonly<Record<string, readonly [field: string, kind: CellKind]>> = {
  variantKey: ['key', 'text'],
  sku: ['sku', 'text'],
  archived: ['archived', 'boolean'],
  goods: ['goods', 'json'],
  variantOptions: ['options', 'json'],
  barcodes: ['barcodes', 'list'],
  barcode: ['barcodes', 'list'],
  price: ['price', 'text'],
  compareAtPrice: ['compareAtPrice', 'text'],
  onHand: ['onHand', 'number'],
}

/** Texts by language: of the product, of its SEO fields, of the variant. */
const TEXTS = [
  ['name', 'PRODUCT', 'name'],
  ['description', 'PRODUCT', 'description'],
  ['seoTitle', 'PRODUCT', 'seo.title'],
  ['seoDescription', 'PRODUCT', 'seo.description'],
  ['variantName', 'VARIANT', 'name'],
] as const

const SEO: Readonly<Record<string, readonly [field: string, kind: CellKind]>> = {
  noIndex: ['noIndex', 'boolean'],
  canonicalUrl: ['canonicalUrl', 'text'],
  seoImageUrl: ['imageUrl', 'text'],
}

const seoOf = (draft: Draft): Draft => (draft['seo'] ??= {}) as Draft

const textColumn = (header: string, home: string): Column | undefined => {
  for (const [field, level, target] of TEXTS) {
    const locale = languageOf(header, field, home)
    if (locale === undefined) continue
    const [name, isSeo] = [target.replace('seo.', ''), target.startsWith('seo.')]
    return {
      level,
      put: (draft, cell) => {
        const owner = isSeo ? seoOf(draft) : draft
        owner[name] = withText(owner[name], locale, cell)
      },
    }
  }
  return undefined
}

const named = <T>(entries: Readonly<Record<string, T>>, header: string): [string, T] | undefined =>
  Object.entries(entries).find(([name]) => plainName(name) === plainName(header))

const columnOf = (header: string, { locale }: ImportSettings): Column | undefined => {
  const [prefix = '', ...rest] = header.split(':')
  const code = rest.join(':').trim()
  if (plainName(prefix) === 'attribute' && code) {
    return {
      level: 'BOTH',
      put: (draft, cell) => void (((draft['attributes'] ??= {}) as Draft)[code] = cell),
    }
  }
  if (plainName(prefix) === 'option' && code) {
    return {
      level: 'VARIANT',
      put: (draft, cell) => {
        if (cell !== null) ((draft['options'] ??= {}) as Draft)[code] = cell
      },
    }
  }
  const own = named(PRODUCT, header)
  if (own)
    return {
      level: 'PRODUCT',
      put: (draft, cell) => void (draft[own[0]] = cell === null ? null : CELLS[own[1]].read(cell)),
    }
  const seo = named(SEO, header)
  if (seo) {
    const [, [field, kind]] = seo
    return {
      level: 'PRODUCT',
      put: (draft, cell) => void (seoOf(draft)[field] = cell === null ? null : CELLS[kind].read(cell)),
    }
  }
  const variant = named(VARIANT, header)
  if (variant) {
    const [, [field, kind]] = variant
    return {
      level: 'VARIANT',
      put: (draft, cell) => void (draft[field] = cell === null ? null : CELLS[kind].read(cell)),
    }
  }
  return textColumn(header, locale)
}

const cellsOf = (
  { cells }: Row,
  columns: readonly (Column | undefined)[],
  emptyCells: ImportSettings['emptyCells'],
) =>
  columns.flatMap((column, index) => {
    const cell = cells[index] ?? ''
    if (!column || (cell === '' && emptyCells === 'KEEP')) return []
    return [{ column, cell: cell === '' ? null : cell }]
  })

/**
 * Options out of what the variants choose, when the file has no column that describes them; true when there are some.
 * Their codes are found later, beside what the product has: see `codeOptions`.
 */
const deriveOptions = (item: Draft, variants: readonly Draft[], locale: string): boolean => {
  if (item['options'] !== undefined) return false
  const options = new Map<string, Set<string>>()
  for (const variant of variants) {
    const chosen = Object.entries((variant['options'] ?? {}) as Readonly<Record<string, string>>)
    for (const [name, value] of chosen) options.set(name, (options.get(name) ?? new Set<string>()).add(value))
  }
  if (options.size === 0) return false
  item['options'] = [...options].map(([name, values]) => ({
    code: name,
    name: { [locale]: name },
    values: [...values].map((value) => ({ code: value, name: { [locale]: value } })),
  }))
  return true
}

/** How the rows of a file of products are read: one for each variant, those of one product behind each other. */
export const planProductCsv = (header: readonly string[], settings: ImportSettings): Result<CsvPlan> => {
  const columns = header.map((name) => columnOf(name, settings))
  const at = (name: string) => header.findIndex((each) => plainName(each) === name)
  const [slugAt, keyAt, skuAt] = [at('slug'), at('key'), at('sku')]
  if (slugAt === -1 && keyAt === -1 && skuAt === -1) {
    return BULK.refuse('FILE_HEADER_INVALID', { reason: REASONS.namesNone(['key', 'slug', 'sku']) })
  }
  const nameAt = header.findIndex((each) => languageOf(each, 'name', settings.locale) !== undefined)
  const warnings = header.flatMap((column, index): Warning[] =>
    columns[index] || column === '' ? [] : [{ column: column.slice(0, 100), reason: 'UNKNOWN_COLUMN' }],
  )
  return ok({
    warnings,
    groupOf: ({ line, cells, refusal }) => {
      for (const index of [keyAt, slugAt].filter((each) => each !== -1)) {
        if (cells[index]) return cells[index]
        // It could stand behind the mistake.
        if (refusal && index >= cells.length) return undefined
      }
      // Without a name of its own a row goes on with the product before it, unless no product has one here.
      return (keyAt === -1 && slugAt === -1) || (nameAt !== -1 && (cells[nameAt] ?? '') !== '')
        ? `line ${line}`
        : undefined
    },
    toEntry: (rows) => {
      const item: Draft = {}
      const variants: Draft[] = []
      const lines: number[] = []
      for (const [index, row] of rows.entries()) {
        const variant: Draft = {}
        const hasVariant = skuAt !== -1 && (row.cells[skuAt] ?? '') !== ''
        for (const { column, cell } of cellsOf(row, columns, settings.emptyCells)) {
          if (index === 0 && column.level === 'PRODUCT') column.put(item, cell)
          if (column.level === 'VARIANT') column.put(variant, cell)
          // Which of both an attribute belongs to, the type says: see `settleItem`.
          if (column.level === 'BOTH') column.put(hasVariant ? variant : item, cell)
          if (column.level === 'BOTH' && index === 0) column.put(item, cell)
        }
        if (!hasVariant) continue
        variants.push(variant)
        lines.push(row.line)
      }
      if (variants.length > 0) item['variants'] = variants
      const isDerived = deriveOptions(item, variants, settings.locale)
      return {
        line: rows[0]!.line,
        item,
        hints: {
          splitAttributes: true,
          ...(isDerived && ({ derivedOptions: true, optionTexts: true } as const)),
        },
        lineOf: ([field, place]) =>
          (field === 'variants' && place !== undefined ? lines[Number(place)] : undefined) ?? rows[0]!.line,
      }
    },
  })
}
