import {
  type Fulfilment,
  FULFILMENTS,
  type Goods,
  MEASURE_UNITS,
  readContent,
  readMeasure,
} from '@hilo/catalog/bulk'
import { ok, type Result } from '@hilo/kernel'
import { z } from 'zod'

const unit = z.enum(MEASURE_UNITS)
const amount = z.strictObject({ amount: z.number(), unit })

/** What kind of goods a variant is, as a file holds it: the whole of it, so that what is left out is as it usually is. */
export const goodsItem = z.strictObject({
  fulfilment: z.enum(FULFILMENTS).default('PHYSICAL'),
  trackStock: z.boolean().nullish(),
  measure: z
    .strictObject({
      unit,
      scale: z.number(),
      step: z.number().nullish(),
      minimum: z.number().nullish(),
      maximum: z.number().nullish(),
    })
    .nullish(),
  content: amount.extend({ reference: amount.nullish() }).nullish(),
})

/** What kind of goods a variant is, without whose. */
export type GoodsCells = Omit<Goods, 'variantId'>

const isTracked = (fulfilment: Fulfilment): boolean => fulfilment === 'PHYSICAL'

/** What most goods are, for which a file says nothing. */
export const PLAIN_GOODS: GoodsCells = {
  fulfilment: 'PHYSICAL',
  trackStock: true,
  measure: null,
  content: null,
}

/** Goods of a file that only knows whether they are carried: what a variant is more exactly, it stays. */
export const looseGoods = (
  said: z.output<typeof goodsItem> | null | undefined,
  own: GoodsCells | null | undefined,
): z.output<typeof goodsItem> | undefined => {
  if (!said || (own && own.fulfilment !== 'PHYSICAL')) return undefined
  return { ...own, fulfilment: said.fulfilment, trackStock: said.trackStock }
}

/** The goods that an item says, with everything in its place; `null` says plain goods. */
export const readGoods = (
  given: z.output<typeof goodsItem> | null,
  path: readonly string[],
): Result<GoodsCells> => {
  if (given === null) return ok(PLAIN_GOODS)
  const { fulfilment, trackStock } = given
  const measure = given.measure ? readMeasure(given.measure, [...path, 'measure']) : ok(null)
  if (!measure.ok) return measure
  const content = given.content ? readContent(given.content, [...path, 'content']) : ok(null)
  if (!content.ok) return content
  return ok({
    fulfilment,
    trackStock: trackStock ?? isTracked(fulfilment),
    measure: measure.value,
    content: content.value,
  })
}
