import type { Address, Line, MissedGift, SoldGoods } from '@hilo/carts'
import { digitalIds } from '@hilo/catalog'
import { newId, type Channel, localize, type Reader, type Uuid } from '@hilo/kernel'
import type { PricedCart } from '@hilo/pricing'
import type { LineQuotes } from '@hilo/promotions'
import { goodsOfLine } from './line-goods.ts'
import type { VariantSnapshot } from './variant-snapshots.ts'

/** Who orders, where to, and by what. */
export interface OrderParty {
  readonly customerId: Uuid | null
  readonly tokenHash: Uint8Array | null
  readonly deviceId: Uuid | null
  readonly slot: string | null
  readonly email: string | null
  readonly country: string
  readonly address: Address | null
  /** Codes of the shop's own methods. */
  readonly paymentMethod?: string | null
  readonly deliveryMethod?: string | null
}

/** Everything that an order is made from. */
export interface OrderDraft extends OrderParty, Reader {
  readonly id: Uuid
  readonly cartId: Uuid
  readonly test: boolean
  readonly channel: Channel
  readonly placedAt: Date
  readonly cancelBy: Date
  readonly lines: readonly Line[]
  readonly priced: PricedCart
  /** Gifts that were promised but of which there were too few. */
  readonly missedGifts: readonly MissedGift[]
  /** What was quoted for lines of the cart, and held. */
  readonly quotes: LineQuotes
  /** Of the variants of the lines and of gifts. */
  readonly goods: SoldGoods
  /** Of these and of the components of bundles. */
  readonly snapshots: ReadonlyMap<Uuid, VariantSnapshot>
}

/** The columns of the order, all but its number, which a sequence gives. */
export const orderColumns = ({ priced, ...draft }: OrderDraft) => ({
  id: draft.id,
  cart_id: draft.cartId,
  customer_id: draft.customerId,
  token_hash: draft.tokenHash && Buffer.from(draft.tokenHash),
  device_id: draft.deviceId,
  slot: draft.slot,
  email: draft.email,
  channel_id: draft.channel.id,
  market_id: draft.channel.market.id,
  status: 'PLACED',
  test: draft.test,
  currency: priced.currency,
  prices_include_tax: priced.pricesIncludeTax,
  subtotal_minor: priced.totals.subtotal,
  discount_minor: priced.totals.discount,
  delivery_minor: priced.totals.delivery,
  tax_minor: priced.totals.total - priced.totals.net,
  total_minor: priced.totals.total,
  taxes: JSON.stringify(
    priced.taxes.map(({ ratePpm, net, tax }) => ({ ratePpm, netMinor: Number(net), taxMinor: Number(tax) })),
  ),
  country: draft.country,
  address: draft.address && JSON.stringify(draft.address),
  locale: draft.locale,
  points: BigInt(priced.points),
  payment_method: draft.paymentMethod ?? null,
  delivery_method: draft.deliveryMethod ?? null,
  missed_gifts: JSON.stringify(draft.missedGifts),
  placed_at: draft.placedAt,
  cancel_by: draft.cancelBy,
})

/** The lines as snapshots, each under a new id: whatever the catalogue says later, this is what was bought. */
export const lineColumns = ({ id, lines, priced, goods, quotes, snapshots }: OrderDraft) => {
  const byId = new Map(lines.map((line) => [line.id, line]))
  return priced.lines.map((line, position) => {
    const snapshot = snapshots.get(line.variantId)!
    return {
      cartLineId: line.id,
      row: {
        id: newId(),
        order_id: id,
        position,
        variant_id: line.variantId,
        product_id: snapshot.productId,
        sku: line.sku,
        name: snapshot.name,
        variant_name: snapshot.variantName,
        image_url: snapshot.imageUrl,
        properties: byId.get(line.id)?.properties ?? {},
        quantity: line.quantity,
        price_id: line.priceId ?? null,
        price_list_id: line.priceListId ?? null,
        quote: quotes.get(line.id) ?? null,
        unit_list_minor: line.unitList,
        unit_minor: line.unit,
        subtotal_minor: line.subtotal,
        discount_minor: line.discount,
        net_minor: line.net,
        tax_minor: line.tax,
        gross_minor: line.gross,
        tax_rate_ppm: line.taxRatePpm,
        gift: line.gift,
        ...goodsOfLine(line.variantId, goods, snapshots),
      },
    }
  })
}

/** What promotions did, with the ids of the order's own lines; `lineIdOf` maps those of the cart. */
export const applicationColumns = (
  { id, priced, ...reader }: OrderDraft,
  lineIdOf: ReadonlyMap<Uuid, Uuid>,
) =>
  priced.applications.map((application, position) => ({
    order_id: id,
    position,
    promotion_id: application.promotionId,
    promotion_version: application.version,
    coupon_code: application.couponCode ?? null,
    class: application.class,
    name: localize(application.name, reader),
    amount_minor: application.amount,
    points: application.points,
    allocations: application.allocations.map(({ lineId, amount }) => ({
      lineId: lineId && lineIdOf.get(lineId)!,
      amountMinor: Number(amount),
    })),
  }))

/** Whose files each line brings along, as JSON rows: of the variant itself or of a bundle's components; none of a test order. */
export const downloadColumns = (
  { test, goods }: Pick<OrderDraft, 'test' | 'goods'>,
  rows: readonly { readonly id: Uuid; readonly variant_id: Uuid }[],
): { readonly order_line_id: Uuid; readonly variant_id: Uuid }[] =>
  test
    ? []
    : rows.flatMap(({ id, variant_id }) =>
        digitalIds(goods.get(variant_id)!).map((variantId) => ({ order_line_id: id, variant_id: variantId })),
      )
