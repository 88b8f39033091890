import { ok, type Result } from '@hilo/kernel'
import { CELLS, type CellKind, languageOf, plainName, withText } from './cells.ts'
import { BULK } from './errors.ts'
import type { ImportSettings, Warning } from './job.ts'
import type { CsvPlan } from './kind.ts'
import { REASONS } from './words.ts'

/** The fields of a thing that is one row: by the name of its column, how its cell is read; `texts` has one for each language. */
export type FlatFields = Readonly<Record<string, CellKind | 'texts'>>

type Put = (item: Record<string, unknown>, cell: string) => void

const putOf = (
  header: string,
  fields: FlatFields,
  { emptyCells, locale: home }: ImportSettings,
): Put | undefined => {
  for (const [field, kind] of Object.entries(fields)) {
    const locale = languageOf(header, field, home)
    if (locale === undefined) continue
    return (item, cell) => {
      if (cell === '' && emptyCells === 'KEEP') return
      if (kind === 'texts') item[field] = withText(item[field], locale, cell === '' ? null : cell)
      else item[field] = cell === '' ? null : CELLS[kind].read(cell)
    }
  }
  return undefined
}

/** How rows of one thing each are read; other names of columns are translated first. */
export const planFlat = (
  header: readonly string[],
  settings: ImportSettings,
  {
    fields,
    aliases = {},
  }: { readonly fields: FlatFields; readonly aliases?: Readonly<Record<string, string>> },
): Result<CsvPlan> => {
  // Own names alone: a column may be called `constructor`.
  const named = (name: string, plain = plainName(name)) =>
    Object.hasOwn(aliases, plain) ? aliases[plain]! : name
  const puts = header.map((name) => putOf(named(name), fields, settings))
  if (!puts.some(Boolean)) {
    return BULK.refuse('FILE_HEADER_INVALID', { reason: REASONS.namesNone(Object.keys(fields)) })
  }
  const warnings = header.flatMap((column, index): Warning[] =>
    puts[index] || column === '' ? [] : [{ column: column.slice(0, 100), reason: 'UNKNOWN_COLUMN' }],
  )
  return ok({
    warnings,
    groupOf: ({ line }) => String(line),
    toEntry: ([row]) => {
      const item: Record<string, unknown> = {}
      for (const [index, cell] of row!.cells.entries()) puts[index]?.(item, cell)
      return { line: row!.line, item }
    },
  })
}

/** The row of an item in these columns. */
export const flatRow = (
  item: Readonly<Record<string, unknown>>,
  columns: readonly string[],
  fields: FlatFields,
) => [
  columns.map((column) => {
    const [field = '', ...tag] = column.split('.')
    const kind = fields[field]
    if (!kind) return ''
    if (kind !== 'texts') return CELLS[kind].write(item[field])
    return (item[field] as Readonly<Record<string, string>> | undefined)?.[tag.join('.')] ?? ''
  }),
]
