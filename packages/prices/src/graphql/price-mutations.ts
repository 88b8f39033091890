import { variant, variantHeld } from '@hilo/catalog/graphql'
import { builder, defineMutation, loadAll, MoneyInput, readId, readMoney, UserError } from '@hilo/graphql'
import { errAll, ok, type Refusal, type Result } from '@hilo/kernel'
import type { PriceToSet } from '../plan-prices.ts'
import { removePrice, setPrice, setPrices } from '../set-prices.ts'
import { price } from './price.ts'

const access = { permission: 'prices:write' } as const

defineMutation('priceSet', {
  description:
    'Sets what one unit of a variant costs in a list, from a quantity on. Changes the row of the same quantity and time, or adds one.',
  access,
  input: (t) => ({
    variantId: t.id({ required: true }),
    priceListId: t.id({ required: true }),
    amount: t.field({
      type: MoneyInput,
      required: true,
      description: 'In the currency of the list; from 0.',
    }),
    minQuantity: t.int({ defaultValue: 1 }),
    maxQuantity: t.int({ description: 'Up to this quantity; left out, without end.' }),
    validFrom: t.field({ type: 'DateTime' }),
    validUntil: t.field({ type: 'DateTime' }),
  }),
  run: async (ctx, input) => {
    const variantId = readId('variant', input.variantId, ['variantId'])
    if (!variantId.ok) return variantId
    const priceListId = readId('priceList', input.priceListId, ['priceListId'])
    if (!priceListId.ok) return priceListId
    return setPrice(ctx, {
      variantId: variantId.value,
      priceListId: priceListId.value,
      amount: readMoney(input.amount),
      minQuantity: input.minQuantity,
      maxQuantity: input.maxQuantity,
      valid: { from: input.validFrom ?? null, until: input.validUntil ?? null },
    })
  },
  payload: (t) => ({
    price: t.field({
      type: price.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && price.byId(ctx, value.priceId),
    }),
    variant: t.field({
      type: variant.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && variantHeld(ctx, value.variantId),
    }),
  }),
})

defineMutation('priceRemove', {
  description: 'Takes a price row away; the variant then costs what the next row says, or is not sold.',
  access,
  input: (t) => ({ id: t.id({ required: true }) }),
  run: async (ctx, input) => {
    const id = readId('price', input.id, ['id'])
    return id.ok ? removePrice(ctx, id.value) : id
  },
  payload: (t) => ({
    variant: t.field({
      type: variant.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && variantHeld(ctx, value.variantId),
    }),
  }),
})

const PriceRowInput = builder.inputType('PriceRowInput', {
  description: 'What one unit of a variant shall cost in a list, from a quantity on.',
  fields: (t) => ({
    variantId: t.id({ required: true }),
    priceListId: t.id({ required: true }),
    amount: t.field({ type: MoneyInput, required: true }),
    minQuantity: t.int({ defaultValue: 1 }),
    maxQuantity: t.int(),
    validFrom: t.field({ type: 'DateTime' }),
    validUntil: t.field({ type: 'DateTime' }),
  }),
})

const readRow = (row: typeof PriceRowInput.$inferInput, index: number): Result<PriceToSet> => {
  const at = (field: string) => ['rows', String(index), field]
  const variantId = readId('variant', row.variantId, at('variantId'))
  if (!variantId.ok) return variantId
  const priceListId = readId('priceList', row.priceListId, at('priceListId'))
  if (!priceListId.ok) return priceListId
  return ok({
    variantId: variantId.value,
    priceListId: priceListId.value,
    amount: readMoney(row.amount),
    minQuantity: row.minQuantity,
    maxQuantity: row.maxQuantity,
    valid: { from: row.validFrom ?? null, until: row.validUntil ?? null },
  })
}

defineMutation('pricesSet', {
  description:
    'Sets at most 1,000 prices. One refused row leaves all as they were and each refused row is in userErrors; with `partial` the others are set, and `refused` tells of the rest.',
  access,
  input: (t) => ({
    rows: t.field({ type: [PriceRowInput], required: true }),
    partial: t.boolean({ defaultValue: false }),
  }),
  run: async (ctx, { rows, partial }) => {
    const read = rows.map(readRow)
    const unread = errAll(read.flatMap((row): Refusal[] => (row.ok ? [] : [row.error])))
    // An id that is none is a mistake of the program that asks, not of its data.
    if (unread) return unread
    const wanted = read.flatMap((row) => (row.ok ? [row.value] : []))
    return setPrices(ctx, wanted, { partial: partial === true })
  },
  payload: (t) => ({
    prices: t.field({
      type: [price.ref],
      nullable: true,
      resolve: async ({ value }, _args, ctx) => {
        const ids = value?.saved.map(({ priceId }) => priceId)
        return ids && (await loadAll(price.byId, ctx, ids)).flatMap((row) => row ?? [])
      },
    }),
    refused: t.field({
      type: [UserError],
      nullable: true,
      description: 'Why other rows were not set, each with the path of its row; only with `partial`.',
      resolve: ({ value }) => value && [...value.refused],
    }),
  }),
})
