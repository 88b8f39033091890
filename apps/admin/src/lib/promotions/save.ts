import type { Write } from '#lib/api/write.ts'
import type { Outcome } from '#lib/editing/editor.svelte.ts'
import { linesOf, type PromotionDraft, refusedFields, termsOf } from './draft.ts'
import { PromotionUpdate } from './mutations.ts'
import type { PromotionData } from './promotion.ts'

/** Saves a promotion as the draft says. The codes go along only when they were changed: they are replaced at once. */
export const savePromotion = async (
  write: Write,
  { id, version }: Pick<PromotionData, 'id' | 'version'>,
  { draft, base }: { readonly draft: PromotionDraft; readonly base: PromotionDraft },
): Promise<Outcome> => {
  const { userErrors } = await write(PromotionUpdate, {
    id,
    ifVersion: version,
    ...termsOf(draft),
    ...(draft.codes !== base.codes && { couponCodes: linesOf(draft.codes) }),
  })
  return { userErrors, errors: refusedFields(userErrors, draft) }
}
