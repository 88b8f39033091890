import { formatMoney } from '#lib/format/money.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Tone } from '#lib/ui/Badge.svelte'
import type { ProductRow, ProductStatus } from './product-list.ts'

/** What the stages of a product are called, and how they look. */
export const PRODUCT_STATUSES: Readonly<
  Record<ProductStatus, { readonly tone: Tone; readonly text: () => string }>
> = {
  PUBLISHED: { tone: 'good', text: m.product_status_published },
  DRAFT: { tone: 'warn', text: m.product_status_draft },
  ARCHIVED: { tone: 'neutral', text: m.product_status_archived },
}

/** The price of its variants: one amount, or the lowest and the highest. */
export const priceRangeOf = ({ priceRange }: Pick<ProductRow, 'priceRange'>): string | undefined => {
  if (!priceRange) return undefined
  const { min, max } = priceRange
  return min.amountMinor === max.amountMinor ? formatMoney(min) : `${formatMoney(min)} – ${formatMoney(max)}`
}

/** How many pieces can be sold, over all variants and locations; nothing for those who may not see stock. */
export const availableOf = ({ variants }: Pick<ProductRow, 'variants'>): number | undefined => {
  const stock = variants.map((variant) => variant.stock)
  if (stock.some((rows) => !rows)) return undefined
  return stock.flatMap((rows) => rows ?? []).reduce((sum, { available }) => sum + available, 0)
}
