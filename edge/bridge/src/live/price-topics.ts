import {
  buildTopic,
  canBuildTopic,
  encode,
  PROTOCOL_VERSION,
  type Attachment,
  type CatalogPrice,
  type Logger,
} from '@hilo/protocol'
import type { Store } from '@hilo/store'
import type { ApiMoney } from '../api/documents.ts'

/** What a SKU costs in a channel; no price: it is not sold there. */
export interface ShownPrice {
  readonly sku: string
  readonly price: ApiMoney | null
  readonly list: ApiMoney | null
  /** Goes with a reduced price. */
  readonly lowestPrice30d: ApiMoney | null
  /** The event that made it so. */
  readonly version: string | null
  /** Milliseconds since 1970. */
  readonly ts: number
}

interface PriceTopicOptions {
  readonly shop: string
  readonly channel: string
  readonly store: Store
  readonly attachment: Attachment
  readonly log: Logger
}

const amounts = ({ price, list, lowestPrice30d: lowest }: ShownPrice): string =>
  JSON.stringify([
    price?.amountMinor,
    price?.currency,
    list?.amountMinor,
    ...(lowest ? [lowest.amountMinor] : []),
  ])

/** The retained price topics of one channel. */
export const priceTopics = ({ shop, channel, store, attachment, log }: PriceTopicOptions) => {
  const shownNow = (sku: string): string | undefined =>
    store.sql.get<{ shown: string }>(
      'SELECT shown FROM shown_price WHERE channel = ? AND sku = ?',
      channel,
      sku,
    )?.shown

  const show = async (shown: ShownPrice): Promise<void> => {
    const { sku, price, list, lowestPrice30d, version, ts } = shown
    const address = { kind: 'price', shop, channel, sku } as const
    if (!canBuildTopic(address)) {
      log.warn({ channel, sku }, 'no topic can be made of this SKU')
      return
    }
    const payload: CatalogPrice | undefined = price
      ? { v: PROTOCOL_VERSION, sku, price, list, ...(lowestPrice30d && { lowestPrice30d }), version, ts }
      : undefined
    const bytes = payload ? encode(payload) : new Uint8Array()
    await attachment.publish(buildTopic(address), bytes, { qos: 1, retain: true, shared: true })
    store.writeSoon((sql) =>
      price
        ? sql.run(
            'INSERT OR REPLACE INTO shown_price (channel, sku, shown) VALUES (?, ?, ?)',
            channel,
            sku,
            amounts(shown),
          )
        : sql.run('DELETE FROM shown_price WHERE channel = ? AND sku = ?', channel, sku),
    )
  }

  return {
    show,
    /** Shows it unless it is shown so already. */
    showIfNew: async (shown: ShownPrice): Promise<void> => {
      const isShown = shown.price ? shownNow(shown.sku) === amounts(shown) : shownNow(shown.sku) === undefined
      if (!isShown) await show(shown)
    },
    /** The SKUs that have a price topic now. */
    shownSkus: (): string[] =>
      store.sql
        .all<{ sku: string }>('SELECT sku FROM shown_price WHERE channel = ?', channel)
        .map(({ sku }) => sku),
  }
}
