import { m } from '#lib/paraglide/messages.js'
import type { AttributeKind } from './attribute.ts'

/** What the kinds of attributes are called, in the order in which they are offered. */
export const KIND_NAMES: Readonly<Record<AttributeKind, () => string>> = {
  TEXT: m.attribute_kind_text,
  RICH_TEXT: m.attribute_kind_rich_text,
  NUMBER: m.attribute_kind_number,
  BOOLEAN: m.attribute_kind_boolean,
  DATE: m.attribute_kind_date,
  CHOICE: m.attribute_kind_choice,
  MULTI_CHOICE: m.attribute_kind_multi_choice,
  COLOR: m.attribute_kind_color,
  PRODUCT_REFERENCE: m.attribute_kind_product,
  CATEGORY_REFERENCE: m.attribute_kind_category,
  FILE: m.attribute_kind_file,
}

/** The kinds, for a choice. */
export const kindOptions = (): { value: AttributeKind; label: string }[] =>
  (Object.keys(KIND_NAMES) as AttributeKind[]).map((value) => ({ value, label: KIND_NAMES[value]() }))

/** True when the values of the kind are chosen from a list. */
export const hasChoices = (kind: AttributeKind): boolean => kind === 'CHOICE' || kind === 'MULTI_CHOICE'

/** True for kinds that can be in each language another one, and have a length. */
export const isText = (kind: AttributeKind): boolean => kind === 'TEXT' || kind === 'RICH_TEXT'

/** True when lists, rules and promotions can tell values apart. */
export const canFilter = ({ kind, localized }: { kind: AttributeKind; localized: boolean }): boolean =>
  kind !== 'RICH_TEXT' && kind !== 'FILE' && !(isText(kind) && localized)
