import { builder, defineMutation, loadOne, readId } from '@hilo/graphql'
import type { Content } from '../measure/content.ts'
import { FULFILMENTS, goodsOfVariants } from '../measure/goods.ts'
import { type Measure, measuredText } from '../measure/measure.ts'
import { setGoods } from '../measure/set-goods.ts'
import { type Amount, MEASURE_UNITS, unitText } from '../measure/unit.ts'
import { variant, variantField } from './nodes.ts'

export const MeasureUnitEnum = builder.enumType('MeasureUnit', {
  description: 'The units that goods are sold by and unit prices are told for.',
  values: MEASURE_UNITS,
})

export const FulfilmentEnum = builder.enumType('Fulfilment', {
  description:
    'How goods reach the customer: carried, downloaded, or done. Only what is carried is delivered.',
  values: FULFILMENTS,
})

const MeasureType = builder.objectRef<Measure>('Measure').implement({
  description:
    'How a variant is sold by measure. Its quantities, in carts, orders and stock alike, are whole numbers of 10^-scale of the unit; its price is that of one whole unit.',
  fields: (t) => ({
    unit: t.field({ type: MeasureUnitEnum, resolve: ({ unit }) => unit }),
    symbol: t.string({
      description: 'As it is written behind a number: kg, m².',
      resolve: ({ unit }, _args, { locale }) => unitText(unit, locale),
    }),
    scale: t.exposeInt('scale', { description: '0 to 6: with 3 a kilogram is counted in grams.' }),
    step: t.exposeInt('step', { description: 'Only multiples of it are sold.' }),
    minimum: t.exposeInt('minimum'),
    maximum: t.exposeInt('maximum', { description: 'Of one line.' }),
  }),
})

export const AmountType = builder.objectRef<Amount>('MeasuredAmount').implement({
  description: 'An amount of a unit, such as 750 ml.',
  fields: (t) => ({
    amount: t.exposeInt('amount'),
    unit: t.field({ type: MeasureUnitEnum, resolve: ({ unit }) => unit }),
    text: t.string({
      description: 'In the language of the request.',
      resolve: (amount, _args, ctx) => measuredText(amount.amount, { ...amount, scale: 0 }, ctx),
    }),
  }),
})

const UnitPriceMeasureType = builder.objectRef<Content>('UnitPriceMeasure').implement({
  description: 'What one piece holds, and what its unit price is told for (Directive 98/6/EC).',
  fields: (t) => ({
    amount: t.exposeInt('amount'),
    unit: t.field({ type: MeasureUnitEnum, resolve: ({ unit }) => unit }),
    reference: t.field({ type: AmountType, resolve: ({ reference }) => reference }),
  }),
})

/** What kind of goods a variant is that the caller has seen. */
export const goodsOf = loadOne(
  (ctx, ids) => goodsOfVariants(ctx.db, ids),
  ({ variantId }) => variantId,
)

builder.objectFields(variant.ref, (t) => ({
  fulfilment: t.field({
    type: FulfilmentEnum,
    resolve: async ({ id }, _args, ctx) => (await goodsOf(ctx, id))!.fulfilment,
  }),
  trackStock: t.boolean({
    description: 'False: there is always enough of it. A bundle is as available as its components.',
    resolve: async ({ id }, _args, ctx) => (await goodsOf(ctx, id))!.trackStock,
  }),
  measure: t.field({
    type: MeasureType,
    nullable: true,
    description: 'Null when it is sold by the piece.',
    resolve: async ({ id }, _args, ctx) => (await goodsOf(ctx, id))!.measure,
  }),
  unitPriceMeasure: t.field({
    type: UnitPriceMeasureType,
    nullable: true,
    description: 'What its unit price is reckoned from; null when none is told.',
    resolve: async ({ id }, _args, ctx) => (await goodsOf(ctx, id))!.content,
  }),
}))

const MeasureInput = builder.inputType('MeasureInput', {
  description: 'All but the unit are whole numbers of 10^-scale of it, at most 1,000,000.',
  fields: (t) => ({
    unit: t.field({ type: MeasureUnitEnum, required: true }),
    scale: t.int({ required: true, description: '0 to 6.' }),
    step: t.int({ description: 'Default 1.' }),
    minimum: t.int({ description: 'A multiple of the step, which is the default.' }),
    maximum: t.int({ description: 'Of one line, a multiple of the step. Default the largest there is.' }),
  }),
})

const AmountInput = builder.inputType('MeasuredAmountInput', {
  fields: (t) => ({
    amount: t.int({ required: true, description: '1 to 1,000,000.' }),
    unit: t.field({ type: MeasureUnitEnum, required: true }),
  }),
})

const UnitPriceMeasureInput = builder.inputType('UnitPriceMeasureInput', {
  description: 'What one piece holds, and what its unit price is told for (Directive 98/6/EC).',
  fields: (t) => ({
    amount: t.int({
      required: true,
      description: '1 to 1,000,000; of a measured variant it does not count.',
    }),
    unit: t.field({ type: MeasureUnitEnum, required: true }),
    reference: t.field({
      type: AmountInput,
      description: 'Default 1 kg, 1 l, 1 m, 1 m² or 1 piece; of US units 1 lb, 1 fl oz or 1 ft.',
    }),
  }),
})

defineMutation('variantGoodsSet', {
  description:
    'Says what kind of goods a variant is: what is left out stays, null takes away. Refuses MEASURE_INVALID, CONTENT_INVALID, MEASURE_IN_USE, NOT_FOUND, VERSION_CONFLICT.',
  access: { permission: 'catalog:write' },
  input: (t) => ({
    variantId: t.id({ required: true }),
    ifVersion: t.int(),
    fulfilment: t.field({ type: FulfilmentEnum }),
    trackStock: t.boolean({ description: 'Left out with a new fulfilment: true for PHYSICAL, else false.' }),
    measure: t.field({ type: MeasureInput }),
    unitPriceMeasure: t.field({ type: UnitPriceMeasureInput }),
  }),
  run: async (ctx, { variantId, unitPriceMeasure, ...change }) => {
    const id = readId('variant', variantId, ['variantId'])
    return id.ok ? setGoods(ctx, { ...change, content: unitPriceMeasure, variantId: id.value }) : id
  },
  payload: (t) => ({ variant: t.field(variantField) }),
})
