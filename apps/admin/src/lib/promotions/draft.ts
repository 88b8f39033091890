import type { FieldErrors, Refusal } from '#lib/api/refusal.ts'
import type { DraftRecord } from '#lib/editing/rebase.ts'
import { hasText, textInput, type Texts, textsOf } from '#lib/editing/texts.ts'
import { m } from '#lib/paraglide/messages.js'
import { definitionProblems } from './definition-problems.ts'
import type { PromotionData } from './promotion.ts'

/** A number, or the text that was typed for one and cannot be read. */
type Typed = number | string

/** A promotion while it is edited. What is not filled in is not there. */
export type PromotionDraft = {
  name: Texts
  /** One in each line. */
  codes: string
  usageLimit?: Typed
  perCustomerLimit?: Typed
  /** Minor units by currency. */
  budgets?: Record<string, Typed>
  /** As it is saved, member by member: what the form does not know stays. */
  definition: DraftRecord
}

/** A promotion that is not there yet. */
export const BLANK: PromotionDraft = {
  name: {},
  codes: '',
  definition: { v: 1, trigger: 'AUTOMATIC', effect: { kind: 'PERCENT', target: 'LINE' } },
}

/** The promotion as its editor begins. */
export const draftOf = (promotion: PromotionData): PromotionDraft => ({
  name: textsOf(promotion.nameTexts),
  codes: linesOf(promotion.coupons.nodes.map(({ code }) => code).join('\n')).join('\n'),
  ...(promotion.usageLimit !== null && { usageLimit: promotion.usageLimit }),
  ...(promotion.perCustomerLimit !== null && { perCustomerLimit: promotion.perCustomerLimit }),
  ...(promotion.budgets.length > 0 && {
    budgets: Object.fromEntries(promotion.budgets.map(({ amount }) => [amount.currency, amount.amountMinor])),
  }),
  definition: promotion.definition as DraftRecord,
})

/** The entries of a field that takes one in each line, each once and in order; commas do too. */
export const linesOf = (text: string): string[] =>
  [
    ...new Set(
      text
        .split(/[\n,;]/)
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ].sort()

/** What a mutation takes of a draft, beside the codes. */
export const termsOf = ({ name, usageLimit, perCustomerLimit, budgets, definition }: PromotionDraft) => ({
  name: textInput(name),
  definition,
  usageLimit: usageLimit === undefined ? null : Number(usageLimit),
  perCustomerLimit: perCustomerLimit === undefined ? null : Number(perCustomerLimit),
  budgets: Object.entries(budgets ?? {}).map(([currency, amountMinor]) => ({
    currency,
    amountMinor: Number(amountMinor),
  })),
})

/** What stands in the way of saving, by field. The API has the last word on all else. */
export const problemsOf = (draft: PromotionDraft): FieldErrors => ({
  ...(hasText(draft.name) ? {} : { name: m.required_field() }),
  ...Object.fromEntries(
    (['usageLimit', 'perCustomerLimit'] as const)
      .filter((name) => typeof draft[name] === 'string')
      .map((name) => [name, m.promotion_limit_invalid()]),
  ),
  ...Object.fromEntries(
    Object.entries(draft.budgets ?? {})
      .filter(([, amount]) => typeof amount === 'string')
      .map(([currency]) => [`budgets.${currency}`, m.variant_price_invalid({ currency })]),
  ),
  ...definitionProblems(draft.definition),
})

/** The refusals of the API by the field of the form that they are about. */
export const refusedFields = (refusals: readonly Refusal[], draft: PromotionDraft): FieldErrors =>
  Object.fromEntries(
    refusals.map(({ path, message }) => {
      const [field = '', part = '', ...rest] = path[0] === 'input' ? path.slice(1) : path
      if (field === 'id' || field === 'ifVersion') return ['', message]
      if (field === 'couponCodes') return ['codes', message]
      if (field === 'name' && part === 'others') return ['name', message]
      // The draft has budgets by currency, the API in a list.
      const currency = field === 'budgets' && Object.keys(draft.budgets ?? {})[Number(part)]
      return [currency ? `budgets.${currency}` : [field, part, ...rest].filter(Boolean).join('.'), message]
    }),
  )
