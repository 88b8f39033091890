import { parseAmount } from '#lib/format/money.ts'
import { m } from '#lib/paraglide/messages.js'

/** A line of pasted prices. */
export interface PastedLine {
  /** Its place in what was pasted, from 1. */
  readonly number: number
  readonly text: string
  readonly sku: string
  readonly minQuantity: number
  /** Minor units; none when the line cannot be read. */
  readonly amountMinor?: number
  readonly problem?: string
}

/** Reads lines of SKU, amount and, if wanted, minimum quantity, apart by tabs or semicolons; blank lines are left out. */
export const parsePaste = (text: string, currency: string): PastedLine[] =>
  text
    .split(/\r?\n/)
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => readLine(line, { number, currency }))

const readLine = (
  text: string,
  { number, currency }: { readonly number: number; readonly currency: string },
): PastedLine => {
  const [sku = '', amount = '', quantity = ''] = text.split(/[\t;]/).map((cell) => cell.trim())
  const line = { number, text, sku, minQuantity: quantity ? Number(quantity) : 1 }
  if (!sku || !amount) return { ...line, problem: m.paste_line_invalid() }
  const amountMinor = parseAmount(amount, currency)
  if (amountMinor === undefined) return { ...line, problem: m.variant_price_invalid({ currency }) }
  if (!Number.isInteger(line.minQuantity) || line.minQuantity < 1)
    return { ...line, problem: m.paste_quantity_invalid() }
  return { ...line, amountMinor }
}
