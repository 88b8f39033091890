import type { AttributeInput, TypeDefinition } from '@hilo/catalog/bulk'
import type { Uuid } from '@hilo/kernel'
import { CELLS, mergeTexts, type SaidTexts } from '../cells.ts'
import type { AttributeCell } from './item.ts'

/** Ids by slug, of what attributes point to. */
export interface References {
  readonly products: ReadonlyMap<string, Uuid>
  readonly categories: ReadonlyMap<string, Uuid>
}

/** A cell as text; what belongs to no attribute, such as an object, as its JSON. */
export const cellText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

const listOf = (value: AttributeCell): readonly string[] =>
  Array.isArray(value) ? value : (CELLS.list.read(cellText(value)) as string[])

const isTexts = (value: unknown): value is SaidTexts =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((text) => text === null || typeof text === 'string')

/** The texts of a cell by language: an object of them, as it is or as JSON, or one in the language of the file. */
export const textsIn = (value: AttributeCell, locale: string): SaidTexts => {
  if (isTexts(value) && !Array.isArray(value)) return value
  const text = cellText(value)
  const parsed = text.startsWith('{') ? CELLS.json.read(text) : undefined
  return isTexts(parsed) ? parsed : { [locale]: text }
}

/** The slugs that a value of this attribute points to, if it points to anything. */
export const referencesIn = (
  { attribute }: TypeDefinition,
  value: AttributeCell,
): { readonly products: readonly string[]; readonly categories: readonly string[] } => {
  const slugs = value === null || value === '' ? [] : listOf(value)
  return {
    products: attribute.kind === 'PRODUCT_REFERENCE' ? slugs : [],
    categories: attribute.kind === 'CATEGORY_REFERENCE' ? slugs : [],
  }
}

/** What nobody has: it is refused where ids are looked at. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** A value of a file as the catalogue reads it; what it is not stays text, which the catalogue then refuses. */
export const attributeInput = (
  { attribute }: TypeDefinition,
  value: AttributeCell,
  { references, locale }: { readonly references: References; readonly locale: string },
): AttributeInput => {
  const { code, kind } = attribute
  if (value === null || value === '') return { code }
  const idsOf = (ids: ReadonlyMap<string, Uuid>) => listOf(value).map((slug) => ids.get(slug) ?? NOBODY)
  switch (kind) {
    case 'TEXT':
    case 'RICH_TEXT':
      return attribute.localized
        ? { code, texts: mergeTexts(textsIn(value, locale)) }
        : { code, text: cellText(value) }
    case 'NUMBER': {
      const number = typeof value === 'number' ? value : CELLS.number.read(cellText(value))
      return typeof number === 'number' ? { code, number } : { code, text: cellText(value) }
    }
    case 'BOOLEAN': {
      const boolean = typeof value === 'boolean' ? value : CELLS.boolean.read(cellText(value))
      return typeof boolean === 'boolean' ? { code, boolean } : { code, text: cellText(value) }
    }
    case 'DATE':
      return { code, date: cellText(value) }
    case 'CHOICE':
      return { code, choice: cellText(value) }
    case 'MULTI_CHOICE':
      return { code, choices: listOf(value) }
    case 'PRODUCT_REFERENCE':
      return { code, productIds: idsOf(references.products) }
    case 'CATEGORY_REFERENCE':
      return { code, categoryIds: idsOf(references.categories) }
    case 'FILE':
      return { code, url: cellText(value) }
    case 'COLOR':
      return { code, color: cellText(value) }
  }
}
