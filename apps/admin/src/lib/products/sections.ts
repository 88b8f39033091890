import type { FieldErrors } from '#lib/api/refusal.ts'
import { m } from '#lib/paraglide/messages.js'

const SECTIONS = [
  { id: 'texts', label: m.product_texts, fields: ['name', 'description'] },
  { id: 'attributes', label: m.attributes_title, fields: ['attributes', 'productTypeId'] },
  { id: 'variants', label: m.product_variants, fields: ['variants'] },
  { id: 'pictures', label: m.product_images, fields: [] },
  { id: 'seo', label: m.seo_title, fields: ['seo'] },
  { id: 'related', label: m.related_title, fields: ['related'] },
  { id: 'versions', label: m.versions_title, fields: [] },
  {
    id: 'publication',
    label: m.publication_title,
    fields: ['status', 'slug', 'taxClass', 'publications', 'channelIds', 'categoryIds'],
  },
] as const

/** The parts of the editor's page, and in which of them something is wrong. */
export const sectionsOf = (errors: FieldErrors) => {
  const wrong = new Set(Object.keys(errors).map((name) => name.split('.')[0]))
  return SECTIONS.map(({ id, label, fields }) => ({
    id,
    label: label(),
    isWrong: fields.some((field) => wrong.has(field)),
  }))
}
