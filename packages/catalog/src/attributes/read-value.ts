import { readPath } from '@hilo/assets'
import { COMMON, isDay, type Localized, ok, type Result, type Uuid } from '@hilo/kernel'
import { CATALOG_REFUSALS } from '../errors.ts'
import { checkCount, checkLocalized, checkText, checkUrl } from '../text.ts'
import { type Attribute, type AttributeKind, maxLengthOf } from './attribute.ts'
import { ATTRIBUTE_REFUSALS } from './errors.ts'
import { soundHtml } from './rich-text.ts'

/** A value as it is entered: in the one field that the kind of the attribute takes; in none, the value is taken away. */
export interface AttributeInput {
  /** Of the attribute. */
  readonly code: string
  readonly text?: string | null
  readonly texts?: Localized | null
  readonly number?: number | null
  readonly boolean?: boolean | null
  /** `YYYY-MM-DD`. */
  readonly date?: string | null
  /** The code of a choice. */
  readonly choice?: string | null
  readonly choices?: readonly string[] | null
  readonly productIds?: readonly Uuid[] | null
  readonly categoryIds?: readonly Uuid[] | null
  readonly url?: string | null
  /** `#rrggbb`. */
  readonly color?: string | null
}

/** What a row of `attribute_value` holds. */
export interface ValueColumns {
  readonly choice_id?: Uuid
  readonly text_value?: string
  readonly texts?: Localized
  readonly number_value?: number
  readonly boolean_value?: boolean
  readonly date_value?: string
  readonly ref_product_id?: Uuid
  readonly ref_category_id?: Uuid
  /** Of the shop, that the address leads to; when it is there, it is held. */
  readonly asset_id?: Uuid
}

type Field = Exclude<keyof AttributeInput, 'code'>
type Path = readonly string[]
type Rows = Result<readonly ValueColumns[]>
type Read = (attribute: Attribute, input: AttributeInput, path: Path) => Rows

/** Most choices or references of one value. */
export const MAX_MEMBERS = 100

const { refuse } = ATTRIBUTE_REFUSALS

/** The field of the input that an attribute takes its value from. */
export const fieldOf = ({ kind, localized }: Pick<Attribute, 'kind' | 'localized'>): Field =>
  FIELDS[kind](localized)

const text = (localized: boolean): Field => (localized ? 'texts' : 'text')

const FIELDS: Readonly<Record<AttributeKind, (localized: boolean) => Field>> = {
  TEXT: text,
  RICH_TEXT: text,
  NUMBER: () => 'number',
  BOOLEAN: () => 'boolean',
  DATE: () => 'date',
  CHOICE: () => 'choice',
  MULTI_CHOICE: () => 'choices',
  PRODUCT_REFERENCE: () => 'productIds',
  CATEGORY_REFERENCE: () => 'categoryIds',
  FILE: () => 'url',
  COLOR: () => 'color',
}

/** How a value is written whose field alone does not say it. */
const WRITTEN: Partial<Readonly<Record<AttributeKind, string>>> = { COLOR: ' #rrggbb', DATE: ' YYYY-MM-DD' }

const invalid = ({ code, kind, localized }: Attribute, path: Path) => {
  const expected = `${fieldOf({ kind, localized })}${WRITTEN[kind] ?? ''}`
  return refuse('ATTRIBUTE_VALUE_INVALID', { attribute: code, kind, expected }, path)
}

/** Sound HTML of each language; what is checked is what will be kept. */
const soundTexts = (texts: Localized, max: number): Localized =>
  Object.fromEntries(
    Object.entries(texts).map(([locale, html]) => [locale, html.length > max ? html : soundHtml(html)]),
  )

const readText: Read = (attribute, input, path) => {
  const max = maxLengthOf(attribute)
  const isRich = attribute.kind === 'RICH_TEXT'
  if (attribute.localized) {
    const texts = isRich ? soundTexts(input.texts!, max) : input.texts!
    const checked = checkLocalized(texts, { max, path: [...path, 'texts'] })
    return checked.ok ? ok([{ texts }]) : checked
  }
  const given = input.text!
  const kept = isRich && given.length <= max ? soundHtml(given) : given
  const checked = checkText(kept, { max, path: [...path, 'text'] })
  return checked.ok ? ok([{ text_value: kept }]) : checked
}

const rangeOf = ({ minimum, maximum }: Attribute): string =>
  [...(minimum === null ? [] : [`≥ ${minimum}`]), ...(maximum === null ? [] : [`≤ ${maximum}`])].join(', ')

const readNumber: Read = (attribute, { number }, path) => {
  const value = number!
  if (!Number.isFinite(value)) return invalid(attribute, [...path, 'number'])
  if (value >= (attribute.minimum ?? -Infinity) && value <= (attribute.maximum ?? Infinity))
    return ok([{ number_value: value }])
  const facts = { attribute: attribute.code, value: String(value), range: rangeOf(attribute) }
  return refuse('ATTRIBUTE_OUT_OF_RANGE', facts, [...path, 'number'])
}

const readChoices = (attribute: Attribute, codes: readonly string[], path: Path): Rows => {
  const counted = checkCount(codes, MAX_MEMBERS, path)
  if (!counted.ok) return counted
  const rows: ValueColumns[] = []
  for (const [index, code] of codes.entries()) {
    const choice = attribute.choices.find((one) => one.code === code)
    const at = attribute.kind === 'CHOICE' ? path : [...path, String(index)]
    if (!choice) {
      const facts = { attribute: attribute.code, choice: code.slice(0, 60).toWellFormed() }
      return refuse('CHOICE_UNKNOWN', facts, at)
    }
    if (codes.indexOf(code) !== index) return CATALOG_REFUSALS.refuse('OPTION_TAKEN', { option: code }, at)
    rows.push({ choice_id: choice.id, text_value: code })
  }
  return ok(rows)
}

const readReferences = (
  ids: readonly Uuid[],
  column: 'ref_product_id' | 'ref_category_id',
  path: Path,
): Rows => {
  const counted = checkCount(ids, MAX_MEMBERS, path)
  return counted.ok ? ok([...new Set(ids)].map((id) => ({ [column]: id }))) : counted
}

/** A colour as CSS writes it in six digits, small letters; nothing for what is none. */
export const hexColor = (color: string): string | undefined =>
  /^#[0-9a-f]{6}$/i.test(color) ? color.toLowerCase() : undefined

const READERS: Readonly<Record<AttributeKind, Read>> = {
  TEXT: readText,
  RICH_TEXT: readText,
  NUMBER: readNumber,
  BOOLEAN: (_attribute, { boolean }) => ok([{ boolean_value: boolean! }]),
  DATE: (attribute, { date }, path) =>
    isDay(date!) ? ok([{ date_value: date! }]) : invalid(attribute, [...path, 'date']),
  CHOICE: (attribute, { choice }, path) => readChoices(attribute, [choice!], [...path, 'choice']),
  MULTI_CHOICE: (attribute, { choices }, path) => readChoices(attribute, choices!, [...path, 'choices']),
  PRODUCT_REFERENCE: (_attribute, { productIds }, path) =>
    readReferences(productIds!, 'ref_product_id', [...path, 'productIds']),
  CATEGORY_REFERENCE: (_attribute, { categoryIds }, path) =>
    readReferences(categoryIds!, 'ref_category_id', [...path, 'categoryIds']),
  FILE: (_attribute, { url }, path) => {
    const checked = checkUrl(url!, [...path, 'url'])
    if (!checked.ok) return checked
    const asset = readPath(url!)
    return ok([{ text_value: url!, ...(asset && { asset_id: asset.id }) }])
  },
  COLOR: (attribute, { color }, path) => {
    const hex = hexColor(color!)
    return hex ? ok([{ text_value: hex }]) : invalid(attribute, [...path, 'color'])
  },
}

/**
 * The rows of a value, none when it is taken away. Refuses a value in another field than the kind's, outside of the
 * limits, and a choice that is none; whether references exist is not looked at.
 */
export const readValue = (attribute: Attribute, input: AttributeInput, path: Path): Rows => {
  const { code: _code, ...fields } = input
  const given = Object.entries(fields).flatMap(([field, value]) => (value == null ? [] : [field]))
  if (given.length === 0) return ok([])
  const field = fieldOf(attribute)
  if (given.length > 1) {
    const fields = given.join(', ')
    const reason = { en: `One value at a time: ${fields}.`, es: `Un solo valor a la vez: ${fields}.` }
    return COMMON.refuse('INVALID_INPUT', { reason }, path)
  }
  if (given[0] !== field) return invalid(attribute, [...path, given[0]!])
  return READERS[attribute.kind](attribute, input, path)
}
