import { localeInSentence } from '#lib/editing/locale-name.ts'
import { m } from '#lib/paraglide/messages.js'

const FIELDS: Readonly<Record<string, () => string>> = {
  name: m.field_name,
  description: m.product_description,
  slug: m.product_slug,
  seo: m.seo_title,
  isByRule: m.collection_way,
  rule: m.rule_title,
  publications: m.publication_title,
}

/** What people call a field of the draft of a collection or a category. */
export const collectionFieldName = ([field = '', part = '']: readonly string[]): string => {
  const name = FIELDS[field]?.() ?? field
  return part && (field === 'name' || field === 'description') ? `${name} (${localeInSentence(part)})` : name
}
