import { formatMoney } from '#lib/format/money.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Tone } from '#lib/ui/Badge.svelte'
import type { RelationKind } from './draft.ts'
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

/** How one product stands to another, in words. */
export const RELATION_NAMES: Readonly<Record<RelationKind, () => string>> = {
  CROSS_SELL: m.related_cross_sell,
  UP_SELL: m.related_up_sell,
  ACCESSORY: m.related_accessory,
  SIMILAR: m.related_similar,
  SPARE_PART: m.related_spare_part,
}

const ACTORS: Readonly<Record<string, () => string>> = {
  staff: m.actor_staff,
  key: m.actor_app,
  cust: m.actor_customer,
  dev: m.actor_device,
  guest: m.actor_guest,
  system: m.actor_system,
}

/** What kind of actor it was, out of its id, such as `staff_…`, or `system`. */
export const actorName = (id: string): string => ACTORS[id.split('_')[0]!]?.() ?? id
