import type { FieldErrors, Refusal } from '#lib/api/refusal.ts'
import type { Write } from '#lib/api/write.ts'
import { amountText, parseAmount } from '#lib/format/money.ts'
import { m } from '#lib/paraglide/messages.js'
import { PricesSet } from './mutations.ts'
import type { PriceRowData } from './price-list.ts'

/** The name of a price among those of its list. */
export const rowKey = ({ variant, sku, minQuantity, validFrom, row }: PriceRowData): string =>
  [variant?.id ?? sku, minQuantity, validFrom ?? '', row?.id ?? ''].join('@')

/** A row to set in a list. */
export interface NewRow {
  readonly variantId: string
  readonly amount: { readonly amountMinor: number; readonly currency: string }
  readonly minQuantity: number
  readonly maxQuantity?: number | null
  readonly validFrom?: string | null
  readonly validUntil?: string | null
}

/** Sets prices in a list, those that can be; answers why others were not, by their place among the rows. */
export const setPrices = async (
  write: Write,
  priceListId: string,
  rows: readonly NewRow[],
): Promise<ReadonlyMap<number, string>> => {
  const input = { partial: true, rows: rows.map((row) => ({ ...row, priceListId })) }
  const { refused, userErrors } = await write(PricesSet, input)
  return refusedRows([...(refused ?? []), ...userErrors])
}

const refusedRows = (refusals: readonly Refusal[]): ReadonlyMap<number, string> =>
  new Map(
    refusals.map(({ path, message }) => {
      const [field, index] = path[0] === 'input' ? path.slice(1) : path
      return [field === 'rows' ? Number(index) : -1, message]
    }),
  )

/** Amounts of a page of prices that were typed and not saved yet. */
export class RowEdits {
  typed = $state<Record<string, string>>({})
  errors = $state.raw<FieldErrors>({})
  readonly #rows: () => readonly PriceRowData[]

  constructor(rows: () => readonly PriceRowData[]) {
    this.#rows = rows
  }

  /** What the field of a price shows. */
  textOf(row: PriceRowData): string {
    return this.typed[rowKey(row)] ?? amountText(row.amount.decimal)
  }

  get changed(): readonly PriceRowData[] {
    return this.#rows().filter((row) => this.textOf(row) !== amountText(row.amount.decimal))
  }

  discard(): void {
    this.typed = {}
    this.errors = {}
  }

  /** Saves what can be saved; true when all was. What was refused stays typed, with its sentence. */
  async save(write: Write, priceListId: string): Promise<boolean> {
    const changed = this.changed.flatMap((row) => (row.variant ? [{ row, variantId: row.variant.id }] : []))
    const errors: Record<string, string> = {}
    const sent = changed.flatMap(({ row, variantId }) => {
      const { currency } = row.amount
      const amountMinor = parseAmount(this.textOf(row), currency)
      if (amountMinor === undefined) errors[rowKey(row)] = m.variant_price_invalid({ currency })
      const { minQuantity, maxQuantity, validFrom, validUntil } = row
      return amountMinor === undefined
        ? []
        : [
            {
              row,
              price: {
                variantId,
                amount: { amountMinor, currency },
                minQuantity,
                maxQuantity,
                validFrom,
                validUntil,
              },
            },
          ]
    })
    const prices = sent.map(({ price }) => price)
    const refused =
      prices.length > 0 ? await setPrices(write, priceListId, prices) : new Map<number, string>()
    for (const [index, { row }] of sent.entries()) {
      const message = refused.get(index) ?? refused.get(-1)
      if (message) errors[rowKey(row)] = message
      else delete this.typed[rowKey(row)]
    }
    this.errors = errors
    return Object.keys(errors).length === 0
  }
}
