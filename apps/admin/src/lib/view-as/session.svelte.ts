import { explain } from '#lib/api/explain.ts'
import { request } from '#lib/api/request.ts'
import { instantOf } from '#lib/format/day.ts'
import { ViewCart, type ViewedCartData, type ViewedProductData, ViewShelf } from './view.ts'

/** Who looks at the shop, as the form has it. */
export type Who = {
  channelId: string
  segmentIds: string[]
  customerGroupIds: string[]
  deviceKind: string
  country: string
  at: string
  tier: string
  orders: string
  latitude: string
  longitude: string
  drafts: string[]
}

/** A guest, now. */
export const NOBODY: Omit<Who, 'channelId'> = {
  segmentIds: [],
  customerGroupIds: [],
  deviceKind: '',
  country: '',
  at: '',
  tier: '',
  orders: '',
  latitude: '',
  longitude: '',
  drafts: [],
}

const numberOf = (typed: string): number | undefined => {
  const number = Number(typed.trim().replace(',', '.'))
  return typed.trim() && Number.isFinite(number) ? number : undefined
}

/** What the API takes of the form. */
export const viewerOf = (who: Who, timeZone: string) => {
  const [latitude, longitude] = [numberOf(who.latitude), numberOf(who.longitude)]
  const isPlaced = latitude !== undefined && longitude !== undefined
  return {
    channelId: who.channelId,
    segmentIds: who.segmentIds,
    customerGroupIds: who.customerGroupIds,
    deviceKind: who.deviceKind || null,
    country: who.country || null,
    at: (who.at && instantOf(who.at, timeZone)) || null,
    loyaltyTier: who.tier.trim() || null,
    orderCount: numberOf(who.orders) ?? null,
    place: isPlaced ? { latitude, longitude } : null,
  }
}

/** A variant in the cart of somebody who is not there. */
export interface ViewLine {
  readonly variantId: string
  readonly sku: string
  readonly quantity: string
}

/** The shop as somebody else finds it: their shelf, and a cart that is never kept. */
export class ViewSession {
  who = $state() as Who
  lines = $state.raw<readonly ViewLine[]>([])
  coupons = $state('')
  busy = $state(false)
  failure = $state('')
  shelf = $state.raw<readonly ViewedProductData[]>()
  next = $state.raw<string | null>(null)
  total = $state(0)
  cart = $state.raw<ViewedCartData>()
  /** As whom the shelf is shown; the form may have moved on. */
  #seen: { viewer: ReturnType<typeof viewerOf>; drafts: string[] } | undefined
  readonly #timeZone: () => string

  constructor(who: Who, timeZone: () => string) {
    this.who = who
    this.#timeZone = timeZone
  }

  look(): Promise<void> {
    const who = $state.snapshot(this.who)
    this.#seen = { viewer: viewerOf(who, this.#timeZone()), drafts: who.drafts }
    return this.#run(async () => {
      await this.#readShelf(null)
      await this.#price()
    })
  }

  more(): Promise<void> {
    return this.#run(() => this.#readShelf(this.next))
  }

  add({ id, sku }: { readonly id: string; readonly sku: string }): Promise<void> {
    const line = this.lines.find(({ variantId }) => variantId === id)
    if (line) return this.setQuantity(id, String((Number(line.quantity) || 0) + 1))
    this.lines = [...this.lines, { variantId: id, sku, quantity: '1' }]
    return this.price()
  }

  setQuantity(id: string, quantity: string): Promise<void> {
    this.lines = this.lines
      .map((line) => (line.variantId === id ? { ...line, quantity } : line))
      .filter((line) => line.quantity !== '0')
    return this.price()
  }

  price(): Promise<void> {
    return this.#run(() => this.#price())
  }

  async #run(work: () => Promise<void>): Promise<void> {
    this.busy = true
    this.failure = ''
    try {
      await work()
    } catch (cause) {
      this.failure = explain(cause)
    } finally {
      this.busy = false
    }
  }

  async #readShelf(after: string | null): Promise<void> {
    if (!this.#seen) return
    const { products } = (await request(fetch, ViewShelf, { ...this.#seen, after })).viewAs
    this.shelf = after ? [...(this.shelf ?? []), ...products.nodes] : products.nodes
    this.next = products.pageInfo.hasNextPage ? products.pageInfo.endCursor : null
    this.total = products.totalCount
  }

  async #price(): Promise<void> {
    const lines = this.lines
      .filter(({ quantity }) => /^[1-9]\d{0,5}$/.test(quantity))
      .map(({ variantId, quantity }) => ({ id: variantId, variantId, quantity: Number(quantity) }))
    if (!this.#seen || lines.length === 0) return void (this.cart = undefined)
    const couponCodes = this.coupons.split(/[\s,;]+/).filter(Boolean)
    this.cart = (await request(fetch, ViewCart, { ...this.#seen, lines, couponCodes })).viewAs.cart
  }
}
