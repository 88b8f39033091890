import { builder, defineMutation, LocalizedInput, readId, readLocalized, toGlobalId } from '@hilo/graphql'
import { ok } from '@hilo/kernel'
import { createOption } from '../create-option.ts'
import { deleteOption, type OptionValueDraft, updateOption } from '../variants/update-option.ts'
import { option, product } from './nodes.ts'

const access = { permission: 'catalog:write' } as const

const OptionValueInput = builder.inputType('OptionValueInput', {
  fields: (t) => ({
    code: t.string({ required: true }),
    name: t.field({ type: LocalizedInput, required: true }),
  }),
})

defineMutation('optionCreate', {
  description: 'Adds an option with its values as the last of a product, which has at most 20.',
  access,
  input: (t) => ({
    productId: t.id({ required: true }),
    code: t.string({ required: true }),
    name: t.field({ type: LocalizedInput, required: true }),
    values: t.field({ type: [OptionValueInput], required: true, description: 'At most 500.' }),
  }),
  run: async (ctx, input) => {
    const productId = readId('product', input.productId, ['productId'])
    if (!productId.ok) return productId
    return createOption(ctx, {
      productId: productId.value,
      code: input.code,
      name: readLocalized(input.name),
      values: input.values.map(({ code, name }) => ({ code, name: readLocalized(name) })),
    })
  },
  payload: (t) => ({
    option: t.field({
      type: option.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && option.byId(ctx, value.optionId),
    }),
  }),
})

const OptionValueUpdateInput = builder.inputType('OptionValueUpdateInput', {
  description: 'A value as it shall be: one that is there by its id, or without an id a new one.',
  fields: (t) => ({
    id: t.id(),
    code: t.string({ required: true }),
    name: t.field({ type: LocalizedInput, required: true }),
  }),
})

interface EnteredValue {
  readonly id?: string | null
  readonly code: string
  readonly name: Parameters<typeof readLocalized>[0]
}

const readValues = (entered: readonly EnteredValue[]) => {
  const values: OptionValueDraft[] = []
  for (const [index, { id, code, name }] of entered.entries()) {
    const known = id == null ? ok(undefined) : readId('optionValue', id, ['values', String(index), 'id'])
    if (!known.ok) return known
    values.push({ id: known.value ?? null, code, name: readLocalized(name) })
  }
  return ok(values)
}

defineMutation('optionUpdate', {
  description:
    'Renames an option or its values, and adds, sorts and removes values; what is left out stays. Refuses to remove a value that a variant on sale has.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    code: t.string(),
    name: t.field({ type: LocalizedInput }),
    values: t.field({
      type: [OptionValueUpdateInput],
      description: 'All values in their order: those left out are removed. At most 500.',
    }),
  }),
  run: async (ctx, input) => {
    const id = readId('option', input.id, ['id'])
    if (!id.ok) return id
    const values = input.values ? readValues(input.values) : ok(undefined)
    if (!values.ok) return values
    return updateOption(ctx, {
      id: id.value,
      code: input.code,
      name: input.name && readLocalized(input.name),
      values: values.value,
    })
  },
  payload: (t) => ({
    option: t.field({
      type: option.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && option.byId(ctx, value.optionId),
    }),
  }),
})

defineMutation('optionDelete', {
  description: 'Deletes an option of whose values no variant on sale has one.',
  access,
  input: (t) => ({ id: t.id({ required: true }) }),
  run: async (ctx, input) => {
    const id = readId('option', input.id, ['id'])
    return id.ok ? deleteOption(ctx, id.value) : id
  },
  payload: (t) => ({
    deletedId: t.id({
      nullable: true,
      resolve: ({ value }) => (value ? toGlobalId('Option', value.optionId) : null),
    }),
    product: t.field({
      type: product.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && product.byId(ctx, value.productId),
    }),
  }),
})
