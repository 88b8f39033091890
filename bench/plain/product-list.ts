import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { type Product, productPage, type Variant, variantsOfProducts } from '@hilo/catalog'
import { optionsOfProducts, optionValuesOfVariants } from '@hilo/catalog/testing'
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

const READER = { locale: 'en' } as const

const priceJson = ({ line, currency, applications }: ShelfPrice) => ({
  unit: unit(money(line.unit, currency)),
  list: { amountMinor: Number(line.unitList) },
  promotions: applications.map(({ name, amount }) => ({
    name: localize(name, READER),
    amount: { amountMinor: Number(amount) },
  })),
})

interface Stand {
  readonly shelves: ReadonlyMap<string, ShelfPrice | undefined>
  readonly stock: ReadonlyMap<string, number>
  /** What each variant is of the options; undefined when they are not asked for. */
  readonly chosen: ReadonlyMap<string, readonly Named[]> | undefined
}

/** A value of an option, or the option itself. */
interface Named {
  readonly code: string
  readonly name: Product['name']
}

const namedJson = ({ code, name }: Named) => ({ code, name: localize(name, READER) })

const variantJson = ({ id, sku, name }: Variant, { shelves, stock, chosen }: Stand) => {
  const shelf = shelves.get(id)
  const quantity = stock.get(id) ?? 0
  return {
    id: encodeId('variant', id),
    sku,
    name: localize(name, READER),
    ...(chosen && { optionValues: (chosen.get(id) ?? []).map(namedJson) }),
    price: shelf ? priceJson(shelf) : null,
    availability: { status: statusOf({ quantity, scale: 0 }), quantity: Math.min(quantity, SHOWN_AT_MOST) },
  }
}

const productJson = ({ id, slug, name }: Product, parts: object) => ({
  id: encodeId('product', id),
  slug,
  name: localize(name, READER),
  ...parts,
})

/** The options of products as JSON, by product. */
const optionsOf = async (ctx: Context, products: readonly Product[]) => {
  const options = await optionsOfProducts(
    ctx.db,
    products.map(({ id }) => id),
  )
  const all = options.map(({ productId, values, ...option }) => ({
    productId,
    json: { ...namedJson(option), values: values.map(namedJson) },
  }))
  return Map.groupBy(all, ({ productId }) => productId)
}

/** The variants of products as JSON, by product: two or three statements at once, and the price function. */
const variantsOf = async (ctx: Context, products: readonly Product[], withOptions: boolean) => {
  const variants = await variantsOfProducts(
    ctx.db,
    products.map(({ id }) => id),
  )
  const variantIds = variants.map(({ id }) => id)
  const [shelves, stock, chosen] = await Promise.all([
    shelfPrices(
      ctx,
      variantIds.map((variantId) => ({ variantId })),
    ),
    availabilityIn(ctx.db, { channelId: ctx.channel.id, variantIds }),
    withOptions ? optionValuesOfVariants(ctx.db, variantIds) : undefined,
  ])
  const stand: Stand = {
    shelves: new Map(variantIds.map((id, index) => [id, shelves[index]])),
    stock: new Map(stock.map(({ variantId, quantity }) => [variantId, quantity])),
    chosen: chosen && Map.groupBy(chosen, ({ variantId }) => variantId),
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
export const plainList = (env: ServerEnv, { withOptions = false } = {}): RequestListener => {
  const answer = async (first: number) => {
    const ctx = await contextOf(env)
    const view = { channelId: ctx.channel.id, seesAll: false, now: ctx.now() }
    const sort = { field: 'NAME', direction: 'asc' } as const
    const page = { view, reader: ctx, filter: {}, sort, after: undefined, limit: first + 1 }
    const found = await productPage(ctx.db, page)
    const products = found.slice(0, first)
    const [variants, options] = await Promise.all([
      variantsOf(ctx, products, withOptions),
      withOptions ? optionsOf(ctx, products) : undefined,
    ])
    const last = products.at(-1)
    return {
      products: {
        nodes: products.map((product) =>
          productJson(product, {
            ...(options && { options: (options.get(product.id) ?? []).map(({ json }) => json) }),
            variants: variants.get(product.id) ?? [],
          }),
        ),
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
