import type { AmountsByCurrency, Effect, ItemPredicate, PromotionDefinition } from '@hilo/pricing'
import { instantOf, wallClock } from '#lib/format/day.ts'
import { parseAmount } from '#lib/format/money.ts'
import { parsePercent } from '#lib/format/percent.ts'
import { isMinSubtotal, linesOf, type PromotionDraft } from './draft.ts'

/** The amounts that are filled in and can be read, in minor units; `undefined` when there is none. */
export const amountsOf = (typed: Readonly<Record<string, string>>): AmountsByCurrency | undefined => {
  const amounts = Object.entries(typed).flatMap(([currency, text]) => {
    const minor = text.trim() ? parseAmount(text, currency) : undefined
    return minor ? [[currency, minor] as const] : []
  })
  return amounts.length > 0 ? Object.fromEntries(amounts) : undefined
}

const effectOf = (draft: PromotionDraft, saved: Effect | undefined): Effect | undefined => {
  if (draft.effect === 'OTHER') return saved
  if (draft.effect === 'PERCENT') {
    const ratePpm = parsePercent(draft.rate)
    return ratePpm === undefined ? undefined : { kind: 'PERCENT', ratePpm, target: draft.target }
  }
  const amounts = amountsOf(draft.amounts)
  return amounts && { kind: 'AMOUNT', amounts, target: draft.target }
}

const itemsOf = (draft: PromotionDraft, saved: ItemPredicate | undefined): ItemPredicate | undefined => {
  switch (draft.items) {
    case 'ALL':
      return undefined
    case 'CATEGORY':
      return draft.categories.length > 0 ? { category: draft.categories } : undefined
    case 'PRODUCT':
      return draft.products.length > 0 ? { product: draft.products } : undefined
    case 'SKU':
      return linesOf(draft.skus).length > 0 ? { sku: linesOf(draft.skus) } : undefined
    case 'OTHER':
      return saved
  }
}

/** The instant of a field. The field shows minutes: while it says the same, the saved instant stays to the second. */
const timeOf = (field: string, saved: string | undefined, timeZone: string): string | undefined =>
  saved && wallClock(saved, timeZone) === field ? saved : instantOf(field, timeZone)

/**
 * The definition that a draft says, or `undefined` while it gives no discount yet. What the form does not show stays as
 * it is in `saved`.
 */
export const definitionOf = (
  draft: PromotionDraft,
  { timeZone, saved }: { readonly timeZone: string; readonly saved?: PromotionDefinition },
): PromotionDefinition | undefined => {
  const effect = effectOf(draft, saved?.effect)
  if (!effect) return undefined
  const items = itemsOf(draft, saved?.items)
  const minimum = amountsOf(draft.minSubtotal)
  const before = saved?.conditions?.find(isMinSubtotal)
  const conditions = [
    ...(saved?.conditions ?? []).filter((condition) => condition !== before),
    ...(minimum ? [{ ...before, kind: 'MIN_SUBTOTAL' as const, amounts: minimum }] : []),
  ]
  const startsAt = timeOf(draft.startsAt, saved?.startsAt, timeZone)
  const endsAt = timeOf(draft.endsAt, saved?.endsAt, timeZone)
  const channels = {
    ...(draft.channelKinds.length > 0 ? { kinds: draft.channelKinds } : {}),
    ...(saved?.channels?.codes ? { codes: saved.channels.codes } : {}),
  }
  const {
    startsAt: _from,
    endsAt: _until,
    items: _items,
    conditions: _,
    channels: __,
    priority: ___,
    ...rest
  } = saved ?? {}
  return {
    ...rest,
    v: 1,
    trigger: draft.trigger,
    effect,
    ...(startsAt ? { startsAt } : {}),
    ...(endsAt ? { endsAt } : {}),
    ...(Object.keys(channels).length > 0 ? { channels } : {}),
    ...(items ? { items } : {}),
    ...(conditions.length > 0 ? { conditions } : {}),
    ...(draft.priority.trim() ? { priority: Number(draft.priority) } : {}),
  }
}
