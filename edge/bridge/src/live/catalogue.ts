import type { Attachment, Logger } from '@hilo/protocol'
import type { Store } from '@hilo/store'
import {
  PRICE_CHANGED,
  PRODUCTS,
  type PriceChange,
  type ProductsData,
  type ShelfPrice,
} from '../api/documents.ts'
import type { EdgeApi } from '../api/edge-api.ts'
import type { Stream } from './follow.ts'
import { priceTopics } from './price-topics.ts'

const PAGE = 100

/** What its topic shows; without a price it is not sold. */
const amountsOf = (shelf: ShelfPrice | null) => ({
  price: shelf?.unit ?? null,
  list: shelf?.list ?? null,
  lowestPrice30d: shelf?.lowestPrice30d ?? null,
})

interface CatalogueOptions {
  readonly shop: string
  readonly channel: string
  readonly store: Store
  readonly attachment: Attachment
  readonly api: EdgeApi
  readonly log: Logger
  readonly now: () => number
  readonly signal: AbortSignal
}

/** Prices that are taken back at once: a channel may show a hundred thousand. */
const AT_ONCE = 256

const takeBack = async (
  topics: ReturnType<typeof priceTopics>,
  skus: readonly string[],
  ts: number,
): Promise<void> => {
  for (let from = 0; from < skus.length; from += AT_ONCE) {
    const some = skus.slice(from, from + AT_ONCE)
    await Promise.all(some.map((sku) => topics.show({ sku, ...amountsOf(null), version: null, ts })))
  }
}

/** Takes all prices of a channel back: it sells nothing any more. */
export const withdrawCatalogue = async (
  options: Pick<CatalogueOptions, 'shop' | 'channel' | 'store' | 'attachment' | 'log' | 'now'>,
): Promise<void> => {
  const topics = priceTopics(options)
  await takeBack(topics, topics.shownSkus(), options.now())
}

/** The name that the position of a channel's prices is kept under. */
export const catalogueName = (channel: string): string => `price ${channel}`

/** Keeps the retained price topics of one channel in step with the shop. */
export const catalogueStream = (options: CatalogueOptions): Stream<PriceChange> => {
  const { api, channel, now, signal } = options
  const topics = priceTopics(options)

  const fill = async () => {
    const gone = new Set(topics.shownSkus())
    for (let after: string | null | undefined; after !== null;) {
      const { products }: ProductsData = await api.request(
        PRODUCTS,
        { first: PAGE, after },
        { channel, signal },
      )
      const variants = products.nodes.flatMap((product) => product.variants)
      await Promise.all(
        variants.map(({ sku, price }) => {
          if (price) gone.delete(sku)
          return topics.showIfNew({ sku, ...amountsOf(price), version: null, ts: now() })
        }),
      )
      after = products.pageInfo.hasNextPage ? products.pageInfo.endCursor : null
    }
    await takeBack(topics, [...gone], now())
  }

  return {
    name: catalogueName(channel),
    open: (given) => api.subscribe(PRICE_CHANGED, given, channel),
    fill,
    apply: ({ sku, price, list, lowestPrice30d, eventId, at }) =>
      topics.show({ sku, price, list, lowestPrice30d, version: eventId, ts: Date.parse(at) }),
  }
}
