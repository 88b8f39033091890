import { loadOne, type RequestContext } from '@hilo/graphql'
import { type Money, money, type Uuid } from '@hilo/kernel'
import type { PricedLine } from '@hilo/pricing'
import { isReduced, lowestPrices } from '../shelf-prices.ts'

/** Where and when a price is shown. */
interface Shown {
  readonly channelId: Uuid
  readonly currency: string
  readonly at: Date
}

/** The history is read only where it is asked for, once for all that a request asks at once. */
const load = loadOne(
  async (ctx, keys) => {
    const shelves = keys.map((key) => {
      const [channelId, currency, variantId, amount, at] = key.split(' ')
      return {
        channelId: channelId!,
        currency: currency!,
        variantId: variantId!,
        amountMinor: BigInt(amount!),
        at: new Date(Number(at)),
      }
    })
    const lowest = await lowestPrices(ctx, shelves)
    return keys.map((key, index) => ({ key, lowest: lowest[index] }))
  },
  ({ key }) => key,
)

/**
 * What a reduced price is shown with: the lowest of the 30 days before the reduction began. Null for a price that is not
 * reduced, and for what was not sold before.
 */
export const lowestPriceOf = async (
  ctx: RequestContext,
  line: Pick<PricedLine, 'variantId' | 'unit' | 'unitList'>,
  { channelId, currency, at }: Shown = {
    channelId: ctx.channel.id,
    currency: ctx.channel.market.currency,
    at: ctx.now(),
  },
): Promise<Money | null> => {
  if (!isReduced({ line })) return null
  const key = [channelId, currency, line.variantId, line.unit, at.getTime()].join(' ')
  const lowest = (await load(ctx, key))?.lowest
  return lowest === undefined ? null : money(lowest, currency)
}
