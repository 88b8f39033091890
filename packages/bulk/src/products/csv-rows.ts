import type { Context } from '@hilo/db'
import { CELLS } from '../cells.ts'
import type { ExportedProduct } from './read-products.ts'

const PLAIN = ['key', 'slug', 'type', 'taxClass', 'status'] as const
const LISTS = ['categories', 'collections'] as const

/** The columns of an export: everything that a product of this shop can say, in its languages and attributes. */
export const productColumns = async ({ db }: Context): Promise<string[]> => {
  const [shop, attributes] = await Promise.all([
    db.selectFrom('shop').select('locales').executeTakeFirst(),
    db.selectFrom('attribute').select('code').orderBy('code').execute(),
  ])
  const locales = shop?.locales ?? ['en']
  const texts = (field: string) => locales.map((locale) => `${field}.${locale}`)
  return [
    ...PLAIN,
    ...['name', 'description', 'seoTitle', 'seoDescription'].flatMap(texts),
    'noIndex',
    'canonicalUrl',
    'seoImageUrl',
    ...LISTS,
    'channels',
    'schedules',
    'images',
    'options',
    'variantKey',
    'sku',
    ...texts('variantName'),
    'variantOptions',
    'barcodes',
    'archived',
    'goods',
    ...attributes.map(({ code }) => `attribute:${code}`),
  ]
}

const images = (list: ExportedProduct['images']) =>
  CELLS.list.write(list.some(({ alt }) => Object.keys(alt).length > 0) ? list : list.map(({ url }) => url))

const some = (value: object | readonly unknown[]): string =>
  Object.keys(value).length === 0 ? '' : JSON.stringify(value)

const said = (value: unknown): string =>
  Array.isArray(value) ? CELLS.list.write(value) : CELLS.text.write(value)

/** The cells that only the first row of a product has. */
const ownCell = (item: ExportedProduct, column: string): string | undefined => {
  const [field = '', ...tag] = column.split('.')
  const locale = tag.join('.')
  if ((PLAIN as readonly string[]).includes(field))
    return CELLS.text.write(item[field as (typeof PLAIN)[number]])
  if ((LISTS as readonly string[]).includes(field))
    return CELLS.list.write(item[field as (typeof LISTS)[number]])
  switch (field) {
    // Nothing at all would be every channel for a new product.
    case 'channels':
      return item.channels.length === 0 ? '[]' : CELLS.list.write(item.channels)
    case 'name':
    case 'description':
      return item[field][locale] ?? ''
    case 'seoTitle':
      return item.seo.title[locale] ?? ''
    case 'seoDescription':
      return item.seo.description[locale] ?? ''
    case 'noIndex':
      return item.seo.noIndex ? 'true' : ''
    case 'canonicalUrl':
      return item.seo.canonicalUrl ?? ''
    case 'seoImageUrl':
      return item.seo.imageUrl ?? ''
    case 'images':
      return images(item.images)
    case 'schedules':
      return some(item.schedules)
    case 'options':
      return some(item.options)
    default:
      return undefined
  }
}

const variantCell = (variant: ExportedProduct['variants'][number], column: string): string => {
  const [field = '', ...tag] = column.split('.')
  switch (field) {
    case 'variantKey':
      return variant.key ?? ''
    case 'sku':
      return variant.sku
    case 'variantName':
      return variant.name[tag.join('.')] ?? ''
    case 'variantOptions':
      return some(variant.options)
    case 'barcodes':
      return CELLS.list.write(variant.barcodes)
    case 'archived':
      return variant.archived ? 'true' : ''
    case 'goods':
      return variant.goods ? JSON.stringify(variant.goods) : ''
    default:
      return ''
  }
}

/** A product as rows, one for each variant; the first names the product, the others only its key and slug. */
export const productRows = (item: ExportedProduct, columns: readonly string[]): string[][] => {
  const rows = item.variants.length === 0 ? [undefined] : item.variants
  return rows.map((variant, index) =>
    columns.map((column) => {
      if (column.startsWith('attribute:')) {
        const code = column.slice('attribute:'.length)
        return said((index === 0 ? item.attributes[code] : undefined) ?? variant?.attributes[code])
      }
      const own = ownCell(item, column)
      if (own !== undefined) return index === 0 || column === 'slug' || column === 'key' ? own : ''
      return variant ? variantCell(variant, column) : ''
    }),
  )
}
