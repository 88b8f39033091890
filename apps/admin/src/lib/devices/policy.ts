import type { FieldErrors, Refusal } from '#lib/api/refusal.ts'
import { amountText, parseAmount } from '#lib/format/money.ts'
import { m } from '#lib/paraglide/messages.js'
import type { DeviceData } from './device.ts'

/** What can be changed of a device: texts as typed. */
export type DeviceDraft = {
  name: string
  test: boolean
  maxOrder: string
  maxDay: string
  maxQuantity: string
  cancelWindowMinutes: string
}

const textOf = (amount: { readonly decimal: string } | null): string =>
  amount ? amountText(amount.decimal) : ''

/** The device as its editor begins. */
export const draftOf = ({ name, test, policy }: DeviceData): DeviceDraft => ({
  name,
  test,
  maxOrder: textOf(policy.maxOrder),
  maxDay: textOf(policy.maxDay),
  maxQuantity: String(policy.maxQuantity),
  cancelWindowMinutes: String(policy.cancelWindowMinutes),
})

const LONGEST_WINDOW = 43_200

const isWhole = (text: string, min: number, max: number): boolean =>
  /^\d{1,9}$/.test(text.trim()) && Number(text) >= min && Number(text) <= max

/** What stands in the way of saving, by field. */
export const problemsOf = (draft: DeviceDraft, currency: string): FieldErrors => {
  const isBad = (text: string): boolean => text.trim() !== '' && parseAmount(text, currency) === undefined
  return {
    ...(draft.name.trim() ? {} : { name: m.required_field() }),
    ...(isBad(draft.maxOrder) ? { maxOrder: m.variant_price_invalid({ currency }) } : {}),
    ...(isBad(draft.maxDay) ? { maxDay: m.variant_price_invalid({ currency }) } : {}),
    ...(isWhole(draft.maxQuantity, 1, 1_000_000) ? {} : { maxQuantity: m.device_quantity_invalid() }),
    ...(isWhole(draft.cancelWindowMinutes, 0, LONGEST_WINDOW)
      ? {}
      : { cancelWindowMinutes: m.device_minutes_invalid() }),
  }
}

/** What to send to save a draft; an empty amount takes the limit, and with it the right to buy, away. */
export const inputOf = (draft: DeviceDraft, currency: string) => {
  const amountOf = (text: string) => {
    const amountMinor = parseAmount(text, currency)
    return amountMinor === undefined ? null : { amountMinor, currency }
  }
  return {
    name: draft.name.trim(),
    test: draft.test,
    policy: {
      maxOrder: amountOf(draft.maxOrder),
      maxDay: amountOf(draft.maxDay),
      maxQuantity: Number(draft.maxQuantity),
      cancelWindowMinutes: Number(draft.cancelWindowMinutes),
    },
  }
}

/** The refusals of the API by the field of the form: `policy.maxOrder.amountMinor` is `maxOrder`. */
export const refusedFields = (refusals: readonly Refusal[]): FieldErrors =>
  Object.fromEntries(
    refusals.map(({ path, message }) => {
      const [field = '', part = ''] = path
      return [field === 'policy' ? part : field === 'ifVersion' || field === 'id' ? '' : field, message]
    }),
  )
