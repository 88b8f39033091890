import { variantsByIds, variantsBySkus, viewpoint } from '@hilo/catalog'
import type { Context } from '@hilo/db'
import { COMMON, encodeId, newId, ok, ownerOf, type Result, storable, type Uuid } from '@hilo/kernel'
import { checkQuote, type Quote } from '@hilo/promotions'
import { CARTS, MAX_LINES } from './errors.ts'
import { quantityProblem } from './goods-of-lines.ts'
import { checkProperties, checkQuantity, type Line } from './line.ts'
import { priceChanged } from './order-problems.ts'
import { priceLines } from './price-lines.ts'

/** A line as a client sends it; `path` in refusals is that of the line in the input. */
export interface LineInput {
  /** Made by the client; a new one when absent. */
  readonly id?: Uuid | null
  readonly variantId?: Uuid | null
  readonly sku?: string | null
  readonly quantity: number
  readonly properties?: unknown
  /** A price that was quoted, out of a token; `null` lets go of one. */
  readonly quote?: Quote | null
}

type Path = readonly string[]

const findVariants = async (ctx: Context, lines: readonly LineInput[]) => {
  const ids = lines.flatMap(({ variantId }) => variantId ?? [])
  const skus = lines.flatMap(({ variantId, sku }) => (variantId || !sku ? [] : storable(sku)))
  const view = viewpoint(ctx)
  const byId = ids.length > 0 ? await variantsByIds(ctx.db, view, ids) : []
  const bySku = skus.length > 0 ? await variantsBySkus(ctx.db, view, skus) : []
  return {
    byId: new Map(byId.map((variant) => [variant.id, variant])),
    bySku: new Map(bySku.map((variant) => [variant.sku, variant])),
  }
}

/** A quote that may be used for this line here by whoever asks. */
const quoteFor = (
  { actor, channel }: Context,
  line: { readonly variantId: Uuid; readonly quantity: number; readonly quote: Quote },
  path: Path,
): Result<Quote> =>
  checkQuote(line.quote, { ...line, market: channel.market, customerId: ownerOf(actor) }, [
    ...path,
    'priceToken',
  ])

const readLine = (
  ctx: Context,
  input: LineInput,
  found: Awaited<ReturnType<typeof findVariants>>,
  path: Path,
): Result<Line & { readonly sku: string }> => {
  const quantity = checkQuantity(input.quantity, [...path, 'quantity'])
  if (!quantity.ok) return quantity
  const properties = checkProperties(input.properties, [...path, 'properties'])
  if (!properties.ok) return properties
  if (!input.variantId && !input.sku) return CARTS.refuse('VARIANT_MISSING', {}, path)
  const variant = input.variantId ? found.byId.get(input.variantId) : found.bySku.get(input.sku!)
  if (!variant) {
    const [field, id] = input.variantId
      ? ['variantId', encodeId('variant', input.variantId)]
      : ['sku', storable(input.sku!.slice(0, 64))]
    return COMMON.refuse('NOT_FOUND', { kind: 'variant', id }, [...path, field])
  }
  const quote = input.quote
    ? quoteFor(ctx, { ...input, variantId: variant.id, quote: input.quote }, path)
    : ok(input.quote)
  if (!quote.ok) return quote
  return ok({
    id: input.id ?? newId(),
    variantId: variant.id,
    sku: variant.sku,
    quantity: quantity.value,
    properties: properties.value,
    quote: quote.value,
  })
}

/**
 * Reads lines out of an input, whatever their number in a constant number of statements. Refuses a bad quantity (of what
 * is sold by measure with the nearest ones that are sold),
 * unknown variants, and those that this channel does not sell.
 */
export const readLines = async (
  ctx: Context,
  inputs: readonly LineInput[],
  pathOf: (index: number) => Path,
): Promise<Result<Line[]>> => {
  if (inputs.length === 0) return ok([])
  if (inputs.length > MAX_LINES) return CARTS.refuse('CART_TOO_MANY_LINES', { max: MAX_LINES }, ['lines'])
  const found = await findVariants(ctx, inputs)
  const lines: (Line & { sku: string })[] = []
  for (const [index, input] of inputs.entries()) {
    const line = readLine(ctx, input, found, pathOf(index))
    if (!line.ok) return line
    lines.push(line.value)
  }
  const { priced, changedPrices, goods } = await priceLines(ctx, { lines, couponCodes: [] })
  const unpriced = lines.findIndex(({ id }) =>
    priced.problems.some(({ code, lineId }) => code === 'NOT_PRICED' && lineId === id),
  )
  if (unpriced >= 0) {
    const { sku } = lines[unpriced]!
    return CARTS.refuse('NOT_PRICED', { sku, channel: ctx.channel.code }, pathOf(unpriced))
  }
  for (const [index, line] of lines.entries()) {
    const error = quantityProblem(line, goods, [...pathOf(index), 'quantity'])
    if (error) return { ok: false, error }
  }
  const [changed] = changedPrices
  if (changed) {
    const place = lines.findIndex(({ id }) => id === changed.lineId)
    return { ok: false, error: { ...priceChanged(changed), path: [...pathOf(place), 'priceToken'] } }
  }
  // What a quote that has expired said is what the shelf says.
  const at = ctx.now().getTime()
  return ok(
    lines.map(({ sku: _sku, quote, ...line }) => ({
      ...line,
      quote: quote && quote.expiresAt <= at ? null : quote,
    })),
  )
}
