import type { AmountsByCurrency, Condition, Effect, ItemPredicate, PromotionDefinition } from '@hilo/pricing'
import { minorText } from '#lib/format/money.ts'
import { percentText } from '#lib/format/percent.ts'
import { wallClock } from '#lib/format/day.ts'
import type { PromotionData } from './promotion.ts'

/** Which items a promotion is for, as the form has it. `OTHER`: a rule that the form does not show. */
export type ItemsChoice = 'ALL' | 'CATEGORY' | 'PRODUCT' | 'SKU' | 'OTHER'

/** What the discount is, as the form has it. `OTHER`: an effect that the form does not show. */
export type EffectChoice = 'PERCENT' | 'AMOUNT' | 'OTHER'

/** What the discount is taken off. */
export type Target = Extract<Effect, { kind: 'PERCENT' }>['target']

type ChannelKindList = NonNullable<NonNullable<PromotionDefinition['channels']>['kinds']>

/** A promotion while it is edited: texts as typed. */
export type PromotionDraft = {
  name: { en: string; es: string }
  trigger: PromotionDefinition['trigger']
  codes: string
  usageLimit: string
  perCustomerLimit: string
  effect: EffectChoice
  rate: string
  amounts: Record<string, string>
  target: Target
  channelKinds: ChannelKindList[number][]
  items: ItemsChoice
  categories: string[]
  products: string[]
  skus: string
  minSubtotal: Record<string, string>
  startsAt: string
  endsAt: string
  priority: string
}

/** A promotion that is not there yet. */
export const BLANK: PromotionDraft = {
  name: { en: '', es: '' },
  trigger: 'AUTOMATIC',
  codes: '',
  usageLimit: '',
  perCustomerLimit: '',
  effect: 'PERCENT',
  rate: '',
  amounts: {},
  target: 'LINE',
  channelKinds: [],
  items: 'ALL',
  categories: [],
  products: [],
  skus: '',
  minSubtotal: {},
  startsAt: '',
  endsAt: '',
  priority: '',
}

interface Reading {
  readonly timeZone: string
  /** The id of the category with this slug; definitions may name either. */
  readonly categoryId: (key: string) => string
}

const amountTexts = (amounts: AmountsByCurrency): Record<string, string> =>
  Object.fromEntries(
    Object.entries(amounts).map(([currency, amountMinor]) => [
      currency,
      minorText({ amountMinor, currency }),
    ]),
  )

/** True for the condition that the form shows as "from a subtotal of". */
export const isMinSubtotal = (
  condition: Condition,
): condition is Extract<Condition, { kind: 'MIN_SUBTOTAL' }> => condition.kind === 'MIN_SUBTOTAL'

const itemsOf = (items: ItemPredicate | undefined, { categoryId }: Reading): Partial<PromotionDraft> => {
  if (!items) return { items: 'ALL' }
  if ('category' in items) return { items: 'CATEGORY', categories: items.category.map(categoryId).sort() }
  if ('product' in items) return { items: 'PRODUCT', products: [...items.product] }
  if ('sku' in items) return { items: 'SKU', skus: items.sku.join('\n') }
  return { items: 'OTHER' }
}

const effectOf = (effect: Effect): Partial<PromotionDraft> => {
  if (effect.kind === 'PERCENT')
    return { effect: 'PERCENT', rate: percentText(effect.ratePpm), target: effect.target }
  if (effect.kind === 'AMOUNT')
    return { effect: 'AMOUNT', amounts: amountTexts(effect.amounts), target: effect.target }
  return { effect: 'OTHER' }
}

/** The promotion as its editor begins. */
export const draftOf = (promotion: PromotionData, reading: Reading): PromotionDraft => {
  const definition = promotion.definition as PromotionDefinition
  const minSubtotal = definition.conditions?.find(isMinSubtotal)
  const wall = (at: string | undefined): string => (at ? wallClock(at, reading.timeZone) : '')
  return {
    ...BLANK,
    name: { en: promotion.nameTexts.en ?? '', es: promotion.nameTexts.es ?? '' },
    trigger: definition.trigger,
    codes: promotion.coupons.nodes.map(({ code }) => code).join('\n'),
    usageLimit: String(promotion.usageLimit ?? ''),
    perCustomerLimit: String(promotion.perCustomerLimit ?? ''),
    channelKinds: [...(definition.channels?.kinds ?? [])].sort(),
    minSubtotal: minSubtotal ? amountTexts(minSubtotal.amounts) : {},
    startsAt: wall(definition.startsAt),
    endsAt: wall(definition.endsAt),
    priority: definition.priority === undefined ? '' : String(definition.priority),
    ...effectOf(definition.effect),
    ...itemsOf(definition.items, reading),
  }
}

/** The entries of a field that takes one in each line; commas do too. */
export const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,;]/)
      .map((line) => line.trim())
      .filter(Boolean),
  ),
]
