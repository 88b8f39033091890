import { builder, type Quoting, type RequestContext } from '@hilo/graphql'
import type { Result, Uuid } from '@hilo/kernel'
import { PRICE_TOKENS } from '../price-token/errors.ts'
import { quoteOf } from '../price-token/make-quote.ts'
import type { Quote } from '../price-token/quote.ts'
import { readToken, writeToken } from '../price-token/token.ts'
import { type PricedShelf, shelfPrices } from '../shelf-prices.ts'
import { ShelfPriceType } from './shelf-price.ts'

/** The quote in a token of this shop; any other is refused with `PRICE_TOKEN_INVALID`. */
export const readPriceToken = (
  quoting: Quoting | undefined,
  token: string,
  path: readonly string[],
): Result<Quote> =>
  quoting ? readToken(quoting.keys, token, path) : PRICE_TOKENS.refuse('PRICE_TOKEN_INVALID', {}, path)

const tokenOf = ({ quoting, ...ctx }: RequestContext, shelf: PricedShelf): string | null =>
  quoting ? writeToken(quoting.keys[0], quoteOf(ctx, shelf, quoting.lifetimeMs)) : null

/** The token of what a variant costs in the channel of the context; null when it is not sold there. */
export const priceTokenFor = async (
  ctx: RequestContext,
  question: { readonly variantId: Uuid; readonly quantity: number },
): Promise<string | null> => {
  const [shelf] = await shelfPrices(ctx, [question])
  return shelf ? tokenOf(ctx, shelf) : null
}

builder.objectField(ShelfPriceType, 'token', (t) =>
  t.string({
    nullable: true,
    // It says when it was made: an answer that is kept would hand out tokens that have expired.
    extensions: { momentary: true },
    description:
      'Fixes this price for a short time, as the shop has set (15 minutes): send it as priceToken when the line is put into a cart, or with devicePurchase, in any channel of the market. For this quantity or fewer; of a customer, for them alone. Under 200 characters; null when this shop quotes no prices.',
    resolve: (shelf, _args, ctx) => tokenOf(ctx, shelf),
  }),
)
