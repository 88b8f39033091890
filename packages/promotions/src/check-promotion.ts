import { checkLocalized, firstRefusal, MAX_NAME } from '@hilo/catalog'
import { isCurrency, type Localized, MAX_AMOUNT_MINOR, ok, type Result } from '@hilo/kernel'
import { type CompiledPromotion, compilePromotion, PRICING, type PromotionDefinition } from '@hilo/pricing'
import type { BudgetAmount } from './budget.ts'
import { PROMOTION_REFUSALS } from './errors.ts'

const { refuse } = PROMOTION_REFUSALS

const MAX_LIMIT = 1_000_000_000
const MAX_CODES = 1_000
const MAX_DEFINITION = 200_000

/** Visible ASCII: what can be typed on any keyboard, printed and read aloud. */
const CODE = /^[\x21-\x7e]{1,64}$/

/** What stands beside the definition of a promotion. */
export interface PromotionTerms {
  readonly name?: Localized | null
  readonly couponCodes?: readonly string[] | null
  /** How often it can be used in all; null for any number. */
  readonly usageLimit?: number | null
  /** How often one customer can use it; null for any number. */
  readonly perCustomerLimit?: number | null
  /** What it may take off in all, by currency; null or none for any amount. With one, it holds in its currencies only. */
  readonly budgets?: readonly BudgetAmount[] | null
}

/** A limit that somebody can reach: null for none. */
export const checkLimit = (limit: number | null | undefined, field: string): Result<null> =>
  limit == null || (limit >= 1 && limit <= MAX_LIMIT)
    ? ok(null)
    : refuse('LIMIT_INVALID', { limit, min: 1, max: MAX_LIMIT }, [field])

const MAX_BUDGETS = 50

const badBudget = (path: readonly string[], en: string, es: string): Result<never> =>
  refuse('BUDGET_INVALID', { reason: { en, es } }, path)

const checkBudgets = (budgets: readonly BudgetAmount[]): Result<null> => {
  if (budgets.length > MAX_BUDGETS) {
    return badBudget(
      ['budgets'],
      `There are at most ${MAX_BUDGETS} budgets.`,
      `Hay como mucho ${MAX_BUDGETS} presupuestos.`,
    )
  }
  for (const [index, { currency: code, amountMinor }] of budgets.entries()) {
    const path = ['budgets', String(index)]
    if (!isCurrency(code)) return badBudget(path, `${code} is no currency.`, `${code} no es una moneda.`)
    if (budgets.findIndex((other) => other.currency === code) < index) {
      return badBudget(path, `${code} has two budgets.`, `${code} tiene dos presupuestos.`)
    }
    if (amountMinor < 1n || amountMinor > MAX_AMOUNT_MINOR) {
      return badBudget(path, 'A budget is more than nothing.', 'Un presupuesto es más que nada.')
    }
  }
  return ok(null)
}

const checkCodes = (codes: readonly string[]): Result<null> => {
  if (codes.length > MAX_CODES)
    return refuse('TOO_MANY_CODES', { count: codes.length, max: MAX_CODES }, ['couponCodes'])
  const bad = codes.findIndex((code) => !CODE.test(code))
  if (bad === -1) return ok(null)
  const coupon = codes[bad]!.slice(0, 64).toWellFormed()
  return refuse('COUPON_CODE_INVALID', { coupon }, ['couponCodes', String(bad)])
}

/** The first refusal of what stands beside the definition. */
export const checkTerms = ({ name, couponCodes, usageLimit, perCustomerLimit, budgets }: PromotionTerms) =>
  firstRefusal([
    ...(name ? [checkLocalized(name, { max: MAX_NAME, path: ['name'] })] : []),
    checkCodes(couponCodes ?? []),
    checkLimit(usageLimit, 'usageLimit'),
    checkLimit(perCustomerLimit, 'perCustomerLimit'),
    checkBudgets(budgets ?? []),
  ])

/** Compiles a definition that came from outside; the path of a refusal starts at the input field. */
export const checkDefinition = (definition: unknown): Result<CompiledPromotion> => {
  const path = ['definition']
  const text = JSON.stringify(definition) ?? ''
  if (text.length > MAX_DEFINITION) {
    return PRICING.refuse(
      'PROMOTION_INVALID',
      {
        reason: {
          en: `it is longer than ${MAX_DEFINITION} characters`,
          es: `tiene más de ${MAX_DEFINITION} caracteres`,
        },
      },
      path,
    )
  }
  // Postgres keeps neither U+0000 nor half of a surrogate pair in JSON.
  if (/\\u(?:0000|d[89a-f])/.test(text)) {
    return PRICING.refuse(
      'PROMOTION_INVALID',
      {
        reason: {
          en: 'a text has characters that cannot be stored',
          es: 'un texto tiene caracteres que no se pueden guardar',
        },
      },
      path,
    )
  }
  const compiled = compilePromotion(definition)
  if (compiled.ok) return compiled
  return { ok: false, error: { ...compiled.error, path: [...path, ...compiled.error.path] } }
}

/** Refuses codes for a promotion that no code starts. */
export const checkStarts = (
  codes: readonly string[] | null | undefined,
  { trigger }: PromotionDefinition,
): Result<null> =>
  trigger === 'COUPON' || !codes?.length
    ? ok(null)
    : PRICING.refuse(
        'PROMOTION_INVALID',
        {
          reason: {
            en: 'codes start only a promotion whose trigger is COUPON',
            es: 'los códigos solo inician una promoción cuyo inicio es COUPON',
          },
        },
        ['couponCodes'],
      )

/** True when a promotion can change what a single unit costs on the shelf. */
export const changesShelf = ({ class: group, definition }: CompiledPromotion): boolean =>
  group === 'CATALOG' && definition.trigger === 'AUTOMATIC'
