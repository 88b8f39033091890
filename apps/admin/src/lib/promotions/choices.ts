import { m } from '#lib/paraglide/messages.js'
import type { Tone } from '#lib/ui/Badge.svelte'
import type { EffectChoice, ItemsChoice, PromotionDraft, Target } from './draft.ts'
import type { PromotionStatus } from './promotion.ts'

interface Option<Value extends string> {
  readonly value: Value
  readonly label: string
}

/** What the stages of a promotion are called, and how they look. */
export const PROMOTION_STATUSES: Readonly<
  Record<PromotionStatus, { readonly tone: Tone; readonly text: () => string }>
> = {
  DRAFT: { tone: 'warn', text: m.promotion_status_draft },
  PUBLISHED: { tone: 'good', text: m.promotion_status_published },
  ARCHIVED: { tone: 'neutral', text: m.promotion_status_archived },
}

/** The kinds of discount; the last one only for a promotion that has something else already. */
export const effectOptions = (isOther: boolean): Option<EffectChoice>[] => [
  { value: 'PERCENT', label: m.promotion_effect_percent() },
  { value: 'AMOUNT', label: m.promotion_effect_amount() },
  ...(isOther ? [{ value: 'OTHER' as const, label: m.promotion_effect_other() }] : []),
]

/** What a discount is taken off. */
export const targetOptions = (): Option<Target>[] => [
  { value: 'ITEM', label: m.promotion_target_item() },
  { value: 'LINE', label: m.promotion_target_line() },
  { value: 'ORDER', label: m.promotion_target_order() },
  { value: 'DELIVERY', label: m.promotion_target_delivery() },
]

/** How a promotion starts. */
export const triggerOptions = (): Option<PromotionDraft['trigger']>[] => [
  { value: 'AUTOMATIC', label: m.promotion_trigger_automatic() },
  { value: 'COUPON', label: m.promotion_trigger_coupon() },
]

/** Which items it is for; the last one only for a promotion that has another rule already. */
export const itemsOptions = (isOther: boolean): Option<ItemsChoice>[] => [
  { value: 'ALL', label: m.promotion_items_all() },
  { value: 'CATEGORY', label: m.promotion_items_category() },
  { value: 'PRODUCT', label: m.promotion_items_product() },
  { value: 'SKU', label: m.promotion_items_sku() },
  ...(isOther ? [{ value: 'OTHER' as const, label: m.promotion_items_other() }] : []),
]
