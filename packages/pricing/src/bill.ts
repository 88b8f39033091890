import { allocate } from '@hilo/kernel'
import type { CartInput, PricingContext, PricingSnapshot } from './cart.ts'
import { amountOf, type ItemLine, type PricedItem } from './items.ts'
import { giftLine, giftLineId, writeGift } from './gift-line.ts'
import { type Ledger, pointsOf } from './ledger.ts'
import type {
  Application,
  LineAllocation,
  PricedCart,
  PricedDelivery,
  PricedLine,
  TaxSum,
  Totals,
} from './priced-cart.ts'
import type { ItemReduction, Proposal } from './propose.ts'
import { type Taxable, taxAll, type Taxed } from './tax.ts'

/** The amounts of a priced cart. */
export type Bill = Pick<
  PricedCart,
  'lines' | 'gifts' | 'points' | 'delivery' | 'applications' | 'totals' | 'taxes'
>

interface LineAccount extends ItemLine {
  readonly item: PricedItem
  readonly unit: bigint
  readonly subtotal: bigint
  left: bigint
  readonly allocations: LineAllocation[]
}

/** Writes the bill: items back to lines, tax, and sums. Nothing is rounded here but tax and the split over lines. */
export const writeBill = (
  cart: CartInput,
  context: PricingContext,
  snapshot: PricingSnapshot,
  priced: { readonly items: readonly PricedItem[]; readonly ledger: Ledger },
): Bill => {
  const { items, ledger } = priced
  const accounts = items.map((item, index) => openAccounts(item, ledger.items[index]!.unit))
  const applications = ledger.applied.map((proposal) => apply(proposal, accounts))
  const rows = accounts.flat().toSorted((a, b) => a.index - b.index)
  const taxables: Taxable[] = rows.map((row) => ({
    amount: row.left,
    // A measure is taxed as a whole: its units are no units that anybody sees a price of.
    quantity: row.item.per === 1n ? row.quantity : 1n,
    ratePpm: row.item.ratePpm,
  }))
  const { delivery } = cart
  if (delivery) {
    const ratePpm = snapshot.taxRates[delivery.taxClass] ?? 0
    taxables.push({ amount: ledger.delivery!.left, quantity: 1n, ratePpm })
  }
  const taxed = taxAll(taxables, context.market)
  const given = ledger.applied.filter(({ gift }) => gift !== undefined)
  const lines = [...rows.map((row, index) => writeLine(row, taxed[index]!)), ...given.map(giftLine)]
  const pricedDelivery = delivery && writeDelivery(delivery.amountMinor, taxables.at(-1)!, taxed.at(-1)!)
  const taxes = sumTaxes(taxables, taxed)
  return {
    lines,
    gifts: given.map(writeGift),
    points: pointsOf(ledger),
    delivery: pricedDelivery,
    applications,
    totals: sumTotals(lines, pricedDelivery, taxed),
    taxes,
  }
}

/** A measure is rounded once for all lines of an item, so that a line split in two costs the same. */
const openAccounts = (item: PricedItem, unit: bigint): LineAccount[] => {
  const amounts =
    item.per === 1n
      ? item.lines.map(({ quantity }) => unit * quantity)
      : allocate(
          amountOf(unit, item),
          item.lines.map(({ quantity }) => quantity),
        )
  return item.lines.map((line, place) => ({
    ...line,
    item,
    unit,
    subtotal: amounts[place]!,
    left: amounts[place]!,
    allocations: [],
  }))
}

const apply = (
  { candidate, gift, onItems, onDelivery, points, total }: Proposal,
  accounts: LineAccount[][],
): Application => {
  const { promotion, start } = candidate
  const { id: promotionId, version, name } = promotion
  const taken: { readonly account: LineAccount; readonly amount: bigint }[] = []
  for (const reduction of onItems) {
    const lines = accounts[reduction.index]!
    const parts = split(reduction, lines)
    for (let place = 0; place < lines.length; place += 1) {
      if (parts[place]! > 0n) taken.push({ account: lines[place]!, amount: parts[place]! })
    }
  }
  taken.sort((a, b) => a.account.index - b.account.index)
  const allocations: { lineId: string | null; amount: bigint }[] = []
  for (const { account, amount } of taken) {
    if (promotion.compiled.class !== 'CATALOG') account.left -= amount
    account.allocations.push({ promotionId, class: promotion.compiled.class, amount })
    allocations.push({ lineId: account.line.id, amount })
  }
  if (onDelivery > 0n) allocations.push({ lineId: null, amount: onDelivery })
  if (gift) allocations.push({ lineId: giftLineId(promotionId), amount: total })
  return {
    promotionId,
    version,
    name,
    class: promotion.compiled.class,
    couponCode: start?.trigger === 'COUPON' ? start.key : undefined,
    offerId: start?.trigger === 'OFFER' ? start.key : undefined,
    amount: total,
    allocations,
    points,
  }
}

/** A reduction of an item over its lines: per unit when it was per unit, else by what is left of each line. */
const split = ({ amount, unit }: ItemReduction, lines: readonly LineAccount[]): readonly bigint[] => {
  if (lines.length === 1) return [amount]
  return allocate(
    amount,
    lines.map(({ left, quantity }) => (unit === undefined ? left : quantity)),
  )
}

const writeLine = (account: LineAccount, taxed: Taxed): PricedLine => {
  const { allocations, item, left, line, subtotal, unit } = account
  return {
    id: line.id,
    variantId: line.variantId,
    sku: line.sku,
    quantity: line.quantity,
    gift: false,
    priceId: item.priceId,
    priceListId: item.priceListId,
    unitList: item.unitList,
    unit,
    subtotal,
    discount: subtotal - left,
    ...taxed,
    taxRatePpm: item.ratePpm,
    allocations,
  }
}

const writeDelivery = (list: bigint, { amount, ratePpm }: Taxable, taxed: Taxed): PricedDelivery => ({
  list,
  discount: list - amount,
  ...taxed,
  taxRatePpm: ratePpm,
})

const sum = <T>(rows: readonly T[], amountOf: (row: T) => bigint): bigint =>
  rows.reduce((total, row) => total + amountOf(row), 0n)

const sumTotals = (
  lines: readonly PricedLine[],
  delivery: PricedDelivery | undefined,
  taxed: readonly Taxed[],
): Totals => ({
  subtotal: sum(lines, (line) => line.subtotal),
  discount: sum(lines, (line) => line.discount),
  delivery: delivery ? delivery.list - delivery.discount : 0n,
  net: sum(taxed, ({ net }) => net),
  tax: sum(taxed, ({ tax }) => tax),
  total: sum(taxed, ({ gross }) => gross),
})

const sumTaxes = (taxables: readonly Taxable[], taxed: readonly Taxed[]): TaxSum[] =>
  [...Map.groupBy(taxed.keys(), (index) => taxables[index]!.ratePpm)]
    .map(([ratePpm, indexes]) => ({
      ratePpm,
      net: sum(indexes, (index) => taxed[index]!.net),
      tax: sum(indexes, (index) => taxed[index]!.tax),
    }))
    .sort((a, b) => b.ratePpm - a.ratePpm)
