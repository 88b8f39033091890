import { localeInSentence } from '#lib/editing/locale-name.ts'
import { m } from '#lib/paraglide/messages.js'

const FIELDS: Readonly<Record<string, () => string>> = {
  name: m.field_name,
  code: m.field_code,
  kind: m.attribute_kind,
  unit: m.attribute_unit,
  minimum: m.attribute_minimum,
  maximum: m.attribute_maximum,
  maxLength: m.attribute_max_length,
  localized: m.attribute_localized,
  filterable: m.attribute_filterable,
  internal: m.attribute_internal,
  choices: m.attribute_choices,
  attributes: m.attributes_title,
}

/** What people call a field of the draft of an attribute or a product type. */
export const attributeFieldName = ([field = '', part]: readonly string[]): string => {
  const name = FIELDS[field]?.() ?? field
  return part ? `${name} (${localeInSentence(part)})` : name
}
