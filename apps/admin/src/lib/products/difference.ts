import { localeInSentence } from '#lib/editing/locale-name.ts'
import { m } from '#lib/paraglide/messages.js'
import { valueOfContent } from './content.ts'
import { PRODUCT_STATUSES } from './names.ts'
import type { DifferenceData } from './version-fields.ts'

/** What is needed to say a difference in words. */
export interface Words {
  readonly attributes: ReadonlyMap<string, string>
  /** What categories, channels, product types and products are called, by id. */
  readonly names: ReadonlyMap<string, string>
}

const FIELDS: Readonly<Record<string, () => string>> = {
  slug: m.product_slug,
  name: m.product_name,
  description: m.product_description,
  status: m.product_status,
  taxClass: m.product_tax_class,
  productTypeId: m.product_type,
  categoryIds: m.product_categories,
  channelIds: m.product_channels,
  'seo.title': m.seo_page_title,
  'seo.description': m.seo_description,
  'seo.noIndex': m.seo_no_index,
  'seo.canonicalUrl': m.seo_canonical,
  'seo.imageUrl': m.seo_image,
}

const TAX_CLASSES: Readonly<Record<string, () => string>> = {
  STANDARD: m.tax_class_standard,
  REDUCED: m.tax_class_reduced,
  ZERO: m.tax_class_zero,
}

const inLanguage = (name: string, locale: string | undefined): string =>
  locale ? `${name} (${localeInSentence(locale)})` : name

/** What people call a field of a difference: `Name (Spanish)`, `Roast`. */
export const differenceField = (field: string, { attributes }: Words): string => {
  const [first = '', second = '', ...rest] = field.split('.')
  if (first === 'attributes') {
    const locale = rest[0] === 'texts' ? rest[1] : undefined
    return inLanguage(attributes.get(second) ?? second, locale)
  }
  if (first === 'seo') return inLanguage(FIELDS[`seo.${second}`]?.() ?? field, rest[0])
  return inLanguage(FIELDS[first]?.() ?? field, second || undefined)
}

const plain = (value: unknown, { names }: Words): string => {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return value ? m.yes() : m.no()
  if (Array.isArray(value))
    return value.map((each) => names.get(each as string) ?? String(each)).join(', ') || '–'
  if (typeof value === 'object') return Object.values(value).map(String).join(' · ')
  const text = String(value as string | number)
  return names.get(text) ?? text
}

/** A value of a difference as people read it. */
export const differenceValue = (
  { field }: Pick<DifferenceData, 'field'>,
  value: unknown,
  words: Words,
): string => {
  const [first = ''] = field.split('.')
  if (first === 'status') return PRODUCT_STATUSES[value as keyof typeof PRODUCT_STATUSES]?.text() ?? '–'
  if (first === 'taxClass') return TAX_CLASSES[String(value)]?.() ?? '–'
  if (first === 'attributes' && value && typeof value === 'object' && !Array.isArray(value))
    return plain(valueOfContent({ code: '', ...value }), words)
  return plain(value, words)
}
