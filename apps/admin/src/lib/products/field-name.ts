import { localeInSentence } from '#lib/editing/locale-name.ts'
import { m } from '#lib/paraglide/messages.js'
import type { ProductChoicesData, ProductData } from './product.ts'

const FIELDS: Readonly<Record<string, () => string>> = {
  slug: m.product_slug,
  name: m.product_name,
  description: m.product_description,
  status: m.product_status,
  taxClass: m.product_tax_class,
  categoryIds: m.product_categories,
  channelIds: m.product_channels,
  sku: m.variant_sku,
  prices: m.variant_prices,
  stock: m.variant_stock,
}

/** What people call a field of the product's draft: `Name (Spanish)`, `TEA-1 · Prices`. */
export const productFieldName = (
  path: readonly string[],
  { product, choices }: { product: ProductData; choices: ProductChoicesData },
): string => {
  const [first = '', second = '', ...rest] = path
  if (first === 'variants') {
    const sku = product.variants.find(({ id }) => id === second)?.sku ?? ''
    const [part = '', key = ''] = rest
    const place =
      choices.locations.find(({ id }) => id === key)?.name ??
      choices.priceLists.find(({ id }) => key.startsWith(`${id}@`))?.name
    return [sku, FIELDS[part]?.(), place].filter(Boolean).join(' · ')
  }
  const name = FIELDS[first]?.() ?? first
  return second ? `${name} (${localeInSentence(second)})` : name
}
