import { plainName } from '../cells.ts'
import type { Row } from './rows.ts'

/** Columns and fields that say what a row is about, the best first. */
const NAMES = [
  'key',
  'slug',
  'handle',
  'urlhandle',
  'sku',
  'variantsku',
  'variantkey',
  'email',
  'emailaddress',
]

/** What the report calls a row of a file with this header: its key, slug, SKU or e-mail, as far as it can be read. */
export const rowName = (header: readonly string[]): ((row: Row) => string | undefined) => {
  const plain = header.map(plainName)
  const places = NAMES.map((name) => plain.indexOf(name)).filter((place) => place !== -1)
  return ({ cells }) => places.map((place) => cells[place]).find(Boolean)
}

/** What the report calls an item that may have any shape. */
export const itemName = (item: unknown): string | undefined => {
  if (typeof item !== 'object' || item === null) return undefined
  const fields = item as Readonly<Record<string, unknown>>
  const own = ['key', 'slug', 'sku', 'variantKey', 'email'].map((field) => fields[field])
  const name = own.find((value): value is string => typeof value === 'string' && value !== '')
  const { variants } = fields
  return name ?? (Array.isArray(variants) ? itemName(variants[0]) : undefined)
}
