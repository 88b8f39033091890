import { m } from '#lib/paraglide/messages.js'
import type { MissingText, TextKind } from './missing-texts.ts'

/** What each kind of thing is called, in the order in which they are chosen. */
export const TEXT_KINDS: Readonly<Record<TextKind, () => string>> = {
  PRODUCT: m.nav_products,
  VARIANT: m.product_variants,
  OPTION: m.options_title,
  OPTION_VALUE: m.translation_option_values,
  IMAGE: m.translation_images,
  CATEGORY: m.categories_title,
  COLLECTION: m.collections_title,
  ATTRIBUTE: m.attributes_title,
  PRODUCT_TYPE: m.product_types_title,
  ASSET: m.media_title,
  PROMOTION: m.nav_promotions,
}

/** True for a kind of text of this name. */
export const isTextKind = (kind: string | null): kind is TextKind =>
  kind !== null && Object.hasOwn(TEXT_KINDS, kind)

const FIELDS: Readonly<Record<Exclude<MissingText['field'], 'ATTRIBUTE' | 'CHOICE'>, () => string>> = {
  NAME: m.product_name,
  DESCRIPTION: m.product_description,
  SEO_TITLE: m.seo_page_title,
  SEO_DESCRIPTION: m.seo_description,
  ALT: m.media_alt,
}

/** Which text it is: `attribute Care`. */
export const fieldName = ({
  field,
  part,
  partName,
}: Pick<MissingText, 'field' | 'part' | 'partName'>): string => {
  if (field === 'ATTRIBUTE') return m.translation_attribute({ name: partName ?? part ?? '' })
  if (field === 'CHOICE') return m.translation_choice({ name: part ?? '' })
  return FIELDS[field]()
}

/** What it belongs to, from the product down: `Mug › MUG-L`. */
export const ownerName = ({ names }: Pick<MissingText, 'names'>): string => names.join(' › ')

/** The whole of it, for those who cannot see the table: `Mug › MUG-L — attribute Care`. */
export const textLabel = (text: MissingText): string => `${ownerName(text)} — ${fieldName(text)}`

/** Tells texts of one list apart. */
export const textKey = ({ id, field, part }: Pick<MissingText, 'id' | 'field' | 'part'>): string =>
  `${id} ${field} ${part ?? ''}`
