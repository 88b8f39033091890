import { explain } from '#lib/api/explain.ts'
import { request } from '#lib/api/request.ts'
import { OfferedTo, type OfferData, type OffersData, ReadOffers } from './offer.ts'

const PAGE = 20

/** Whom a promotion was offered to, with their names, read in the browser. */
export class Offers {
  page = $state.raw<OffersData>()
  problem = $state('')
  #names = $state.raw<ReadonlyMap<string, string>>(new Map())
  readonly #id: string

  constructor(id: string) {
    this.#id = id
  }

  /** Reads the newest; with `more`, those behind the ones that are shown. */
  async read({ more = false } = {}): Promise<void> {
    this.problem = ''
    try {
      const after = more ? (this.page?.pageInfo.endCursor ?? null) : null
      const { promotion } = await request(fetch, ReadOffers, { id: this.#id, first: PAGE, after })
      if (!promotion) return
      await this.#readNames(promotion.offers.nodes)
      const before = more ? (this.page?.nodes ?? []) : []
      this.page = { ...promotion.offers, nodes: [...before, ...promotion.offers.nodes] }
    } catch (cause) {
      this.problem = explain(cause)
    }
  }

  async #readNames(offers: readonly OfferData[]): Promise<void> {
    const ids = offers.flatMap(({ customerId, deviceId }) => customerId ?? deviceId ?? [])
    if (ids.length === 0) return
    // Who may not read customers or devices still sees the offers.
    const { nodes } = await request(fetch, OfferedTo, { ids }).catch(() => ({ nodes: [] }))
    const found = nodes.flatMap((node) => {
      if (node?.__typename === 'Customer') return [[node.id, node.name || (node.email ?? node.id)] as const]
      return node?.__typename === 'Device' ? [[node.id, node.name] as const] : []
    })
    this.#names = new Map([...this.#names, ...found])
  }

  /** What somebody is called who has an offer. */
  nameOf({ customerId, deviceId }: OfferData): string {
    const id = customerId ?? deviceId ?? ''
    return this.#names.get(id) ?? id
  }
}
