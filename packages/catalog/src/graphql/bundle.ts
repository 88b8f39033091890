import { builder, defineMutation, loadMany, loadOne, readId } from '@hilo/graphql'
import { localize, ok, type Reader, type Result, type Uuid } from '@hilo/kernel'
import { bundleReductions, type Component, componentsOfBundles } from '../bundles/components.ts'
import { setComponents } from '../bundles/set-components.ts'
import { measuredText } from '../measure/measure.ts'
import { variant, variantField } from './nodes.ts'

/** The components of a bundle that the caller has seen; none of an ordinary variant. */
export const componentsOf = loadMany(
  (ctx, ids) => componentsOfBundles(ctx.db, ids),
  ({ bundleId }) => bundleId,
)

const reductionOf = loadOne(
  (ctx, ids) => bundleReductions(ctx.db, ids),
  ({ variantId }) => variantId,
)

const componentName = (
  { productName, variantName }: Pick<Component, 'productName' | 'variantName'>,
  reader: Reader,
): string => [localize(productName, reader), localize(variantName, reader)].filter(Boolean).join(', ')

const ComponentType = builder.objectRef<Component>('BundleComponent').implement({
  description: 'A part of a bundle, which is told to all who see the bundle.',
  fields: (t) => ({
    variant: t.field({
      type: variant.ref,
      nullable: true,
      description: 'Null when it is not sold alone here.',
      resolve: ({ variantId }, _args, ctx) => variant.byId(ctx, variantId),
    }),
    sku: t.exposeString('sku'),
    name: t.string({ resolve: (component, _args, ctx) => componentName(component, ctx) }),
    quantity: t.exposeInt('quantity', { description: 'In one bundle.' }),
    measured: t.string({
      nullable: true,
      description: 'The quantity of a part that is sold by measure: 0.250 kg.',
      resolve: ({ quantity, unit, scale }, _args, ctx) =>
        unit === null || scale === null ? null : measuredText(quantity, { unit, scale }, ctx),
    }),
  }),
})

builder.objectFields(variant.ref, (t) => ({
  components: t.field({
    type: [ComponentType],
    description: 'What a bundle is made of, at most 50; none of an ordinary variant.',
    resolve: async ({ id }, _args, ctx) => [...(await componentsOf(ctx, id))],
  }),
  bundleReductionPpm: t.int({
    nullable: true,
    description:
      'A bundle that costs the sum of its components less this rate; null when it has prices of its own.',
    resolve: async ({ id }, _args, ctx) => (await reductionOf(ctx, id))!.reductionPpm,
  }),
}))

const ComponentInput = builder.inputType('BundleComponentInput', {
  fields: (t) => ({
    variantId: t.id({ required: true }),
    quantity: t.int({ required: true, description: 'In one bundle, 1 to 1,000,000.' }),
  }),
})

const readComponents = (
  inputs: readonly (typeof ComponentInput.$inferInput)[],
): Result<{ variantId: Uuid; quantity: number }[]> => {
  const components: { variantId: Uuid; quantity: number }[] = []
  for (const [index, { variantId, quantity }] of inputs.entries()) {
    const id = readId('variant', variantId, ['components', String(index), 'variantId'])
    if (!id.ok) return id
    components.push({ variantId: id.value, quantity })
  }
  return ok(components)
}

defineMutation('variantComponentsSet', {
  description:
    'Makes a variant a bundle of at most 50 others; an empty list makes it an ordinary variant again. Refuses BUNDLE_…, COMPONENT_IN_TOO_MANY, REDUCTION_INVALID, QUANTITY_INVALID, NOT_FOUND, VERSION_CONFLICT.',
  access: { permission: 'catalog:write' },
  input: (t) => ({
    variantId: t.id({ required: true }),
    ifVersion: t.int(),
    components: t.field({ type: [ComponentInput], required: true }),
    reductionPpm: t.int({
      description:
        'It costs the sum of its components less this rate, in parts per million; left out: it has prices of its own.',
    }),
  }),
  run: async (ctx, { variantId, components: inputs, ...change }) => {
    const id = readId('variant', variantId, ['variantId'])
    if (!id.ok) return id
    const components = readComponents(inputs)
    if (!components.ok) return components
    return setComponents(ctx, { ...change, variantId: id.value, components: components.value })
  },
  payload: (t) => ({ variant: t.field(variantField) }),
})
