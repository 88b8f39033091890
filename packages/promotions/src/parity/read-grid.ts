import { toSoldVariants, variantFacts } from '@hilo/catalog'
import { marketTerms, toPricingTerms } from '@hilo/channels'
import { type Context, readTogether } from '@hilo/db'
import type { Channel, Uuid } from '@hilo/kernel'
import { candidatesByVariant, priceCandidates, toCandidates } from '@hilo/prices'
import type { PricingContext, PricingSnapshot } from '@hilo/pricing'
import { publishedPromotions, toPromotionInputs } from '../active-promotions.ts'
import { type PricedVariant, withBundlePrices } from '../bundle-prices.ts'
import { askerOf, customerOf } from '../view-as/viewer.ts'
import { type ParityCell, priceCell } from './cell.ts'
import { columnsOf, type ParityColumn, type ParityDimensions } from './grid.ts'

/** A variant with its cells, one for each column. */
export interface ParityRow {
  readonly variantId: Uuid
  readonly cells: readonly ParityCell[]
}

/** Variants by viewers. */
export interface ParityGrid {
  readonly columns: readonly ParityColumn[]
  readonly rows: readonly ParityRow[]
}

type Queries = ReturnType<typeof variantFacts | typeof priceCandidates>

/** What a channel says of variants at several times, to anybody who asks there: one statement. */
const readChannel = async (
  { db }: Context,
  channel: Channel,
  {
    times,
    segments,
    variantIds,
  }: Pick<ParityDimensions, 'times' | 'segments'> & { readonly variantIds: readonly Uuid[] },
) => {
  const { id: channelId, market } = channel
  const { currency, id: marketId, countries } = market
  const country = countries[0]!
  const segmentIds = segments.flatMap((segment) => segment?.id ?? [])
  const asked = times.map((now) => ({
    currency,
    now,
    channelId,
    marketId,
    country,
    customerGroupIds: [],
    segmentIds,
    forSeveral: true,
  }))
  const queries = Object.fromEntries(
    asked.flatMap((question, index): [string, Queries][] => [
      [`facts${index}`, variantFacts({ variantIds, channelId, now: question.now })],
      [`prices${index}`, priceCandidates(variantIds, question)],
    ]),
  )
  const read = await readTogether<Record<string, never>>(db, {
    ...queries,
    promotions: publishedPromotions({ currency }),
    terms: marketTerms({ marketId, country }),
  } as never)
  return {
    country,
    promotions: toPromotionInputs(read['promotions'] ?? [], currency),
    taxRates: toPricingTerms(read['terms'] ?? []).taxRates,
    moments: asked.map((question, index) => ({
      question,
      sold: toSoldVariants(read[`facts${index}`] ?? []),
      rows: candidatesByVariant(toCandidates(read[`prices${index}`] ?? [])),
    })),
  }
}

type ChannelFacts = Awaited<ReturnType<typeof readChannel>>

/** The variants, context and snapshot of one column out of what its channel says. */
const sceneOf = (
  { country, promotions, taxRates, moments }: ChannelFacts,
  { channel, segment, deviceKind, at }: ParityColumn,
  place: ParityDimensions['place'],
): {
  readonly variants: ReadonlyMap<Uuid, PricedVariant>
  readonly context: PricingContext
  readonly snapshot: PricingSnapshot
} => {
  const { question, rows, sold } = moments.find((moment) => moment.question.now === at)!
  const segments = segment ? [segment] : []
  const { variants, prices } = withBundlePrices(sold, rows, {
    ...question,
    segmentIds: segments.map(({ id }) => id),
  })
  const customer = segment ? customerOf({ groups: [], segments }) : undefined
  return {
    variants,
    context: {
      now: at.toISOString(),
      channel: { id: channel.id, code: channel.code, kind: channel.kind },
      market: channel.market,
      country,
      ...askerOf({ deviceKind, ...(customer && { customer }) }),
      ...(place && { place }),
    },
    snapshot: { prices, promotions, taxRates },
  }
}

/**
 * Prices variants for every viewer of a grid by the one price function: one statement for each channel, whatever the
 * number of variants, segments, devices and times.
 */
export const readGrid = async (
  ctx: Context,
  dimensions: ParityDimensions,
  variantIds: readonly Uuid[],
): Promise<ParityGrid> => {
  const columns = columnsOf(dimensions)
  if (variantIds.length === 0) return { columns, rows: [] }
  const facts = new Map<Uuid, ChannelFacts>()
  for (const channel of dimensions.channels) {
    facts.set(channel.id, await readChannel(ctx, channel, { ...dimensions, variantIds }))
  }
  const scenes = columns.map((column) => sceneOf(facts.get(column.channel.id)!, column, dimensions.place))
  return {
    columns,
    rows: variantIds.map((variantId) => ({
      variantId,
      cells: scenes.map(({ variants, context, snapshot }) =>
        priceCell(variants.get(variantId), context, snapshot),
      ),
    })),
  }
}
