import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { type Product, productPage, type Variant, variantsOfProducts } from '@hilo/catalog'
import { knownChannel } from '@hilo/channels'
import type { Context } from '@hilo/db'
import { availabilityIn, SHOWN_AT_MOST, statusOf } from '@hilo/inventory'
import {
  encodeCursor,
  encodeId,
  formatMoney,
  GUEST,
  localize,
  type Money,
  money,
  newId,
  systemClock,
  toDecimal,
} from '@hilo/kernel'
import type { ShelfPrice } from '@hilo/pricing'
import { shelfPrices } from '@hilo/promotions'
import type { ServerEnv } from '../scenario.ts'

const unit = (value: Money) => ({
  amountMinor: Number(value.amountMinor),
  currency: value.currency,
  decimal: toDecimal(value),
  formatted: formatMoney(value, 'en'),
})

const priceJson = ({ line, currency, applications }: ShelfPrice) => ({
  unit: unit(money(line.unit, currency)),
  list: { amountMinor: Number(line.unitList) },
  promotions: applications.map(({ name, amount }) => ({
    name: localize(name, 'en'),
    amount: { amountMinor: Number(amount) },
  })),
})

interface Stand {
  readonly shelves: ReadonlyMap<string, ShelfPrice | undefined>
  readonly stock: ReadonlyMap<string, number>
}

const variantJson = ({ id, sku, name }: Variant, { shelves, stock }: Stand) => {
  const shelf = shelves.get(id)
  const quantity = stock.get(id) ?? 0
  return {
    id: encodeId('variant', id),
    sku,
    name: localize(name, 'en'),
    price: shelf ? priceJson(shelf) : null,
    availability: { status: statusOf(quantity), quantity: Math.min(quantity, SHOWN_AT_MOST) },
  }
}

const productJson = ({ id, slug, name }: Product, variants: readonly object[]) => ({
  id: encodeId('product', id),
  slug,
  name: localize(name, 'en'),
  variants,
})

/** The variants of products as JSON, by product: two statements at once, and the price function. */
const variantsOf = async (ctx: Context, products: readonly Product[]) => {
  const variants = await variantsOfProducts(
    ctx.db,
    products.map(({ id }) => id),
  )
  const variantIds = variants.map(({ id }) => id)
  const [shelves, stock] = await Promise.all([
    shelfPrices(
      ctx,
      variantIds.map((variantId) => ({ variantId })),
    ),
    availabilityIn(ctx.db, { channelId: ctx.channel.id, variantIds }),
  ])
  const stand: Stand = {
    shelves: new Map(variantIds.map((id, index) => [id, shelves[index]])),
    stock: new Map(stock.map(({ variantId, quantity }) => [variantId, quantity])),
  }
  return Map.groupBy(variants, ({ productId }) => productId)
    .entries()
    .reduce(
      (found, [productId, own]) =>
        found.set(
          productId,
          own.map((variant) => variantJson(variant, stand)),
        ),
      new Map<string, object[]>(),
    )
}

const contextOf = async ({ database }: ServerEnv): Promise<Context> => ({
  db: database.kysely,
  actor: GUEST,
  channel: (await knownChannel(database, null))!,
  locale: 'en',
  now: systemClock,
  correlationId: newId(),
})

type AsyncListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const answerJson = (response: ServerResponse, value: unknown): void => {
  const body = Buffer.from(JSON.stringify(value))
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
}

/** The list of products by the same SQL and the same price function, written by hand, without GraphQL. */
export const plainList = (env: ServerEnv): RequestListener => {
  const answer = async (first: number) => {
    const ctx = await contextOf(env)
    const view = { channelId: ctx.channel.id, seesAll: false }
    const sort = { field: 'NAME', direction: 'asc' } as const
    const page = { view, locale: ctx.locale, filter: {}, sort, after: undefined, limit: first + 1 }
    const found = await productPage(ctx.db, page)
    const products = found.slice(0, first)
    const variants = await variantsOf(ctx, products)
    const last = products.at(-1)
    return {
      products: {
        nodes: products.map((product) => productJson(product, variants.get(product.id) ?? [])),
        pageInfo: {
          hasNextPage: found.length > first,
          endCursor: last ? encodeCursor(last.sortKey) : null,
        },
      },
    }
  }
  const handle: AsyncListener = async (request, response) => {
    const { variables } = (await json(request)) as { variables: { first: number } }
    answerJson(response, { data: await answer(variables.first) })
  }
  return (request, response) => void handle(request, response)
}
