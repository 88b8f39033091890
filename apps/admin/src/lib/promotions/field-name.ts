import { localeInSentence } from '#lib/editing/locale-name.ts'
import { m } from '#lib/paraglide/messages.js'
import { definitionFields } from './definition-schema.ts'

const FIELDS: Readonly<Record<string, () => string>> = {
  name: m.promotion_name,
  codes: m.promotion_codes,
  usageLimit: m.promotion_usage_limit,
  perCustomerLimit: m.promotion_customer_limit,
  budgets: m.promotion_budget,
}

/** What people call a field of the promotion's draft: `Name (Spanish)`, `Gives`. */
export const promotionFieldName = ([field = '', part]: readonly string[]): string => {
  if (field === 'definition') return definitionFields().get(part ?? '')?.label ?? m.promotion_summary()
  const name = FIELDS[field]?.() ?? field
  return part ? `${name} (${field === 'name' ? localeInSentence(part) : part})` : name
}
