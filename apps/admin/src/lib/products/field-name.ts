import { localeInSentence } from '#lib/editing/locale-name.ts'
import { m } from '#lib/paraglide/messages.js'
import { definitionsAt } from './attribute-values.ts'
import { type ProductChoicesData, type ProductData, variantsOf } from './product.ts'

const FIELDS: Readonly<Record<string, () => string>> = {
  slug: m.product_slug,
  name: m.product_name,
  description: m.product_description,
  status: m.product_status,
  taxClass: m.product_tax_class,
  productTypeId: m.product_type,
  attributes: m.attributes_title,
  seo: m.seo_title,
  categoryIds: m.product_categories,
  channelIds: m.product_channels,
  publications: m.publication_title,
  related: m.related_title,
  on: m.variant_on,
  sku: m.variant_sku,
  prices: m.variant_prices,
  stock: m.variant_stock,
  barcodes: m.barcodes_title,
  goods: m.goods_title,
  components: m.bundle_title,
  reduction: m.bundle_reduction,
  files: m.files_title,
}

interface Known {
  readonly product: ProductData
  readonly choices: Pick<ProductChoicesData, 'channels' | 'locations' | 'priceLists'>
}

const TEXTS = ['name', 'description']

/** What people call a field of the product's draft: `Name (Spanish)`, `TEA-1 · Prices`. */
export const productFieldName = (path: readonly string[], { product, choices }: Known): string => {
  const [first = '', second = '', ...rest] = path
  if (first === 'variants') {
    const sku = variantsOf(product).find(({ id }) => id === second)?.sku ?? ''
    const [part = '', key = ''] = rest
    const place =
      choices.locations.find(({ id }) => id === key)?.name ??
      choices.priceLists.find(({ id }) => key.startsWith(`${id}@`))?.name
    return [sku, FIELDS[part]?.(), place].filter(Boolean).join(' · ')
  }
  const name = FIELDS[first]?.() ?? first
  if (!second) return name
  if (TEXTS.includes(first)) return `${name} (${localeInSentence(second)})`
  const part =
    first === 'attributes'
      ? definitionsAt(product.productType, 'PRODUCT').find(({ code }) => code === second)?.name
      : choices.channels.find(({ id }) => id === second)?.name
  return part ? `${name} · ${part}` : name
}
