import { fieldErrors, type FieldErrors, type Refusal } from '#lib/api/refusal.ts'
import { hasText } from '#lib/editing/texts.ts'
import { m } from '#lib/paraglide/messages.js'
import { parseAdjustment } from './adjustment.ts'
import type { PriceListDraft } from './draft.ts'

/** What stands in the way of saving, by field. The API has the last word on all else. */
export const problemsOf = (draft: PriceListDraft): FieldErrors => ({
  ...(draft.code.trim() ? {} : { code: m.required_field() }),
  ...(hasText(draft.name) ? {} : { name: m.required_field() }),
  ...(draft.baseId && parseAdjustment(draft.adjustment) === undefined
    ? { adjustment: m.price_list_adjustment_invalid() }
    : {}),
  ...(draft.startsAt && draft.endsAt && draft.endsAt <= draft.startsAt
    ? { endsAt: m.promotion_ends_before() }
    : {}),
})

const FIELDS: Readonly<Record<string, string>> = {
  validFrom: 'startsAt',
  validUntil: 'endsAt',
  derivation: 'baseId',
  'derivation.baseId': 'baseId',
  'derivation.adjustmentPpm': 'adjustment',
  'derivation.rounding': 'rounding',
  'derivation.direction': 'direction',
  id: '',
  ifVersion: '',
}

/** The refusals of the API by the field of the form that shows what they are about. */
export const refusedFields = (refusals: readonly Refusal[]): FieldErrors =>
  Object.fromEntries(
    Object.entries(fieldErrors(refusals)).map(([path, message]) => {
      const of = path.startsWith('audience.') ? path.split('.')[1]! : path
      return [FIELDS[of] ?? of, message]
    }),
  )
