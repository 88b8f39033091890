import { explain } from '#lib/api/explain.ts'
import { request } from '#lib/api/request.ts'
import {
  type PriceExplanationData,
  ShelfNow,
  type ShelfNowData,
  WhyChoices,
  type WhyChoicesData,
  WhyPrice,
} from './explanation.ts'

/** The question why a variant costs what it costs, for whom it is asked, and the answer. */
export class Why {
  channelId = $state('')
  segmentId = $state('')
  quantity = $state('1')
  choices = $state.raw<WhyChoicesData>()
  explanation = $state.raw<PriceExplanationData>()
  shelf = $state.raw<ShelfNowData>(null)
  failure = $state('')
  #asked = 0
  readonly #variantId: string

  constructor(variantId: string) {
    this.#variantId = variantId
  }

  async start(): Promise<void> {
    try {
      this.choices = await request(fetch, WhyChoices, {})
      this.channelId = this.choices.context.channel?.id ?? this.choices.channels[0]?.id ?? ''
    } catch (cause) {
      this.failure = explain(cause)
    }
  }

  async ask(): Promise<void> {
    const asked = (this.#asked += 1)
    const variantId = this.#variantId
    const channel = this.choices?.channels.find(({ id }) => id === this.channelId)
    const quantity = Number(this.quantity)
    if (!channel || !Number.isInteger(quantity) || quantity < 1) return
    const segmentIds = this.segmentId ? [this.segmentId] : null
    try {
      const [{ priceExplanation }, shelf] = await Promise.all([
        request(fetch, WhyPrice, { variantId, channelId: channel.id, segmentIds, quantity }),
        // What is not sold there has no shelf price; the explanation says so.
        request(fetch, ShelfNow, { variantId }, { channel: channel.code }).catch(() => undefined),
      ])
      if (asked !== this.#asked) return
      this.explanation = priceExplanation
      this.shelf = shelf?.variant?.price ?? null
      this.failure = ''
    } catch (cause) {
      if (asked === this.#asked) this.failure = explain(cause)
    }
  }
}
