import * as v from 'valibot'
import type { FieldErrors, Refusal } from '#lib/api/refusal.ts'
import { parseAmount } from '#lib/format/money.ts'
import { parsePercent } from '#lib/format/percent.ts'
import { m } from '#lib/paraglide/messages.js'
import { amountsOf } from './definition.ts'
import { linesOf, type PromotionDraft } from './draft.ts'

const Limit = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^([1-9]\d{0,8})?$/, () => m.promotion_limit_invalid()),
)

const Terms = v.object({
  name: v.object({
    en: v.pipe(
      v.string(),
      v.trim(),
      v.nonEmpty(() => m.required_field()),
    ),
  }),
  usageLimit: Limit,
  perCustomerLimit: Limit,
  priority: v.pipe(
    v.string(),
    v.trim(),
    v.regex(/^(-?\d{1,6})?$/, () => m.promotion_priority_invalid()),
  ),
})

/** What stands in the way of saving, by field. The API has the last word on all else. */
export const problemsOf = (draft: PromotionDraft): FieldErrors => {
  const checked = v.safeParse(Terms, draft)
  return {
    ...Object.fromEntries((checked.issues ?? []).map((issue) => [v.getDotPath(issue) ?? '', issue.message])),
    ...amountProblems(draft.minSubtotal, 'minSubtotal'),
    ...discountProblems(draft),
    ...itemProblems(draft),
    ...(draft.trigger === 'COUPON' && linesOf(draft.codes).length === 0
      ? { codes: m.promotion_codes_required() }
      : {}),
    ...(draft.startsAt && draft.endsAt && draft.endsAt <= draft.startsAt
      ? { endsAt: m.promotion_ends_before() }
      : {}),
  }
}

const amountProblems = (typed: Readonly<Record<string, string>>, field: string): FieldErrors =>
  Object.fromEntries(
    Object.entries(typed)
      .filter(([currency, text]) => text.trim() && !parseAmount(text, currency))
      .map(([currency]) => [`${field}.${currency}`, m.variant_price_invalid({ currency })]),
  )

const discountProblems = (draft: PromotionDraft): FieldErrors => {
  if (draft.effect === 'PERCENT')
    return parsePercent(draft.rate) === undefined ? { rate: m.promotion_rate_invalid() } : {}
  if (draft.effect === 'OTHER') return {}
  const problems = amountProblems(draft.amounts, 'amounts')
  const isBlank = !amountsOf(draft.amounts) && Object.keys(problems).length === 0
  return isBlank ? { amounts: m.promotion_amounts_required() } : problems
}

const itemProblems = ({ items, categories, products, skus }: PromotionDraft): FieldErrors => {
  const chosen = { CATEGORY: categories, PRODUCT: products, SKU: linesOf(skus) }
  return items in chosen && chosen[items as keyof typeof chosen].length === 0
    ? { items: m.promotion_items_required() }
    : {}
}

const FIELD_OF_DEFINITION: Readonly<Record<string, string>> = {
  startsAt: 'startsAt',
  endsAt: 'endsAt',
  channels: 'channelKinds',
  items: 'items',
  conditions: 'minSubtotal',
  priority: 'priority',
  trigger: 'trigger',
}

/** The refusals of the API by the field of the form that shows what they are about. */
export const refusedFields = (refusals: readonly Refusal[], draft: PromotionDraft): FieldErrors =>
  Object.fromEntries(
    refusals.map(({ path, message }) => {
      const [field = '', part = '', ...rest] = path[0] === 'input' ? path.slice(1) : path
      if (field === 'couponCodes') return ['codes', message]
      if (field === 'name') return [part ? `name.${part}` : 'name.en', message]
      if (field !== 'definition') return [field === 'id' || field === 'ifVersion' ? '' : field, message]
      if (part !== 'effect') return [FIELD_OF_DEFINITION[part] ?? '', message]
      if (draft.effect === 'OTHER') return ['', message]
      const of = draft.effect === 'PERCENT' ? 'rate' : 'amounts'
      return [rest[0] === 'amounts' && rest[1] ? `${of}.${rest[1]}` : of, message]
    }),
  )
