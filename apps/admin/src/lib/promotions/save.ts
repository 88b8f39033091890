import type { PromotionDefinition } from '@hilo/pricing'
import type { Write } from '#lib/api/write.ts'
import type { Outcome } from '#lib/editing/editor.svelte.ts'
import { linesOf, type PromotionDraft } from './draft.ts'
import { PromotionUpdate } from './mutations.ts'
import { refusedFields } from './problems.ts'
import type { PromotionData } from './promotion.ts'

const limitOf = (typed: string): number | null => (typed.trim() ? Number(typed) : null)

/** What a mutation takes of a draft, beside the id. */
export const termsOf = (draft: PromotionDraft, definition: PromotionDefinition) => ({
  name: { en: draft.name.en.trim(), es: draft.name.es.trim() || null },
  definition,
  // A promotion that starts by itself has no codes, whatever is still in the field.
  couponCodes: draft.trigger === 'COUPON' ? linesOf(draft.codes) : [],
  usageLimit: limitOf(draft.usageLimit),
  perCustomerLimit: limitOf(draft.perCustomerLimit),
})

/** Saves a promotion as the draft says. */
export const savePromotion = async (
  write: Write,
  { id, version }: Pick<PromotionData, 'id' | 'version'>,
  { draft, definition }: { readonly draft: PromotionDraft; readonly definition: PromotionDefinition },
): Promise<Outcome> => {
  const { userErrors } = await write(PromotionUpdate, {
    id,
    ifVersion: version,
    ...termsOf(draft, definition),
  })
  return { userErrors, errors: refusedFields(userErrors, draft) }
}
