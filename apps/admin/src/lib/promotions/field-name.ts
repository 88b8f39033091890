import { localeInSentence } from '#lib/editing/locale-name.ts'
import { m } from '#lib/paraglide/messages.js'

const FIELDS: Readonly<Record<string, () => string>> = {
  name: m.promotion_name,
  trigger: m.promotion_trigger,
  codes: m.promotion_codes,
  usageLimit: m.promotion_usage_limit,
  perCustomerLimit: m.promotion_customer_limit,
  effect: m.promotion_effect,
  rate: m.promotion_rate,
  amounts: m.promotion_effect_amount,
  target: m.promotion_target,
  channelKinds: m.promotion_channels,
  items: m.promotion_items,
  categories: m.promotion_items_category,
  products: m.promotion_items_product,
  skus: m.promotion_items_sku,
  minSubtotal: m.promotion_min_subtotal,
  startsAt: m.promotion_starts,
  endsAt: m.promotion_ends,
  priority: m.promotion_priority,
}

/** What people call a field of the promotion's draft: `Name (Spanish)`, `Amount (EUR)`. */
export const promotionFieldName = ([field = '', part]: readonly string[]): string => {
  const name = FIELDS[field]?.() ?? field
  if (!part) return name
  return `${name} (${field === 'name' ? localeInSentence(part) : part})`
}
