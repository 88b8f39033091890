import { builder, connectionType, keysetConnection, loadMany, pageArgs, refusalError } from '@hilo/graphql'
import type { CursorKey, Uuid } from '@hilo/kernel'
import type { RequestContext } from '@hilo/graphql'
import type { Variant } from '../product.ts'
import { checkCount } from '../text.ts'
import {
  countVariants,
  type SelectedOption,
  type VariantFilter,
  variantPages,
  variantsByOptions,
} from '../variants/variant-page.ts'
import { product, variant } from './nodes.ts'

const SelectedOptionInput = builder.inputType('SelectedOptionInput', {
  description: 'An option and one of its values, both by code.',
  fields: (t) => ({
    option: t.string({ required: true }),
    value: t.string({ required: true }),
  }),
})

const VariantWhere = builder.inputType('VariantWhere', {
  description: 'Which variants of a product: everything stated must hold.',
  fields: (t) => ({
    options: t.field({ type: [SelectedOptionInput], description: 'With all of these values; at most 20.' }),
    archived: t.boolean({
      description:
        'Those in the archive instead of those on sale; nobody sees them but who reads the whole catalogue.',
    }),
  }),
})

/** What is asked of the variants of many products at once, as a key to load by. */
type Asked = readonly [
  productId: Uuid,
  filter: VariantFilter,
  page?: { readonly after: CursorKey | null; readonly limit: number },
]

/** Loads what belongs to keys; those that ask the same of several products are one statement. */
const loadAsked = <Row>(
  read: (ctx: RequestContext, productIds: readonly Uuid[], asked: Asked) => Promise<readonly Row[]>,
  productOf: (row: Row) => Uuid,
) => {
  const load = loadMany<{ readonly key: string; readonly row: Row }>(
    async (ctx, keys) => {
      const groups = Map.groupBy(
        keys.map((key) => JSON.parse(key) as Asked),
        ([, ...same]) => JSON.stringify(same),
      )
      const found = [...groups.values()].map(async (asked) => {
        const [, ...same] = asked[0]!
        const rows = await read(
          ctx,
          asked.map(([productId]) => productId),
          asked[0]!,
        )
        return rows.map((row) => ({ key: JSON.stringify([productOf(row), ...same]), row }))
      })
      return (await Promise.all(found)).flat()
    },
    ({ key }) => key,
  )
  return async (ctx: RequestContext, asked: Asked): Promise<readonly Row[]> =>
    (await load(ctx, JSON.stringify(asked))).map(({ row }) => row)
}

const pagesOf = loadAsked<Variant>(
  (ctx, productIds, [, filter, page]) =>
    variantPages(ctx.db, productIds, { filter, after: page!.after ?? undefined, limit: page!.limit }),
  ({ productId }) => productId,
)

const countsOf = loadAsked(
  (ctx, productIds, [, filter]) => countVariants(ctx.db, productIds, filter),
  ({ productId }) => productId,
)

const chosenOf = loadAsked<Variant>(
  (ctx, productIds, [, { options }]) => variantsByOptions(ctx.db, productIds, options ?? []),
  ({ productId }) => productId,
)

const MAX_SELECTED = 20

const checkSelected = (ctx: RequestContext, options: readonly SelectedOption[], path: readonly string[]) => {
  const counted = checkCount(options, MAX_SELECTED, path)
  if (!counted.ok) throw refusalError(counted.error, ctx)
}

builder.objectField(product.ref, 'variantConnection', (t) =>
  t.field({
    type: connectionType(variant.ref, 'Variant'),
    description: 'Its variants in pages, in their order: for products with hundreds of them.',
    args: { ...pageArgs(t.arg), where: t.arg({ type: VariantWhere }) },
    resolve: ({ id }, { where, ...args }, ctx) => {
      const options = where?.options ?? []
      checkSelected(ctx, options, ['where', 'options'])
      const filter: VariantFilter = { options, archived: where?.archived ?? false }
      return keysetConnection(ctx, {
        args,
        width: 2,
        rows: ({ after, limit }) => pagesOf(ctx, [id, filter, { after: after ?? null, limit }]),
        keyOf: (row) => [String(row.position), row.id],
        count: async () => (await countsOf(ctx, [id, filter]))[0]?.count ?? 0,
      })
    },
  }),
)

builder.objectField(product.ref, 'variantByOptions', (t) =>
  t.field({
    type: variant.ref,
    nullable: true,
    description: 'The variant on sale with exactly this choice of option values; null when there is none.',
    args: { selected: t.arg({ type: [SelectedOptionInput], required: true, description: 'At most 20.' }) },
    resolve: async ({ id }, { selected }, ctx) => {
      checkSelected(ctx, selected, ['selected'])
      const options = selected.map(({ option, value }) => ({ option, value }))
      return (await chosenOf(ctx, [id, { options }]))[0] ?? null
    },
  }),
)
