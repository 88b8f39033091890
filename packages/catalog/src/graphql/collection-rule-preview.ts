import { builder, loadAll, readId, refusalError } from '@hilo/graphql'
import { COMMON, ok } from '@hilo/kernel'
import { type PreviewSide, previewRule, type RulePreview } from '../collections/preview-rule.ts'
import { product } from './nodes.ts'

/** Most products that a preview names on each side. */
const MAX_FIRST = 100

const Side = builder.objectRef<PreviewSide>('CollectionRulePreviewSide').implement({
  description: 'Products that a rule would add to a collection, or remove from it.',
  fields: (t) => ({
    count: t.exposeInt('count'),
    products: t.field({
      type: [product.ref],
      description: 'The first of them, the oldest first.',
      resolve: async ({ productIds }, _args, ctx) =>
        (await loadAll(product.byId, ctx, productIds)).filter((found) => found !== null),
    }),
  }),
})

const Preview = builder.objectRef<RulePreview>('CollectionRulePreview').implement({
  description: 'What a rule would change, before it is saved.',
  fields: (t) => ({
    total: t.exposeInt('total', { description: 'How many products would be in the collection.' }),
    added: t.field({ type: Side, resolve: ({ added }) => added }),
    removed: t.field({ type: Side, resolve: ({ removed }) => removed }),
  }),
})

const PreviewInput = builder.inputType('CollectionRulePreviewInput', {
  fields: (t) => ({
    collectionId: t.id({ description: 'Whose products it is compared with; without it, with none.' }),
    rule: t.field({ type: 'JSON', required: true }),
    first: t.int({ description: `Products to name on each side, 1 to ${MAX_FIRST}; 20 when not said.` }),
  }),
})

builder.queryField('collectionRulePreview', (t) =>
  t.field({
    type: Preview,
    nullable: true,
    description:
      'Which products a rule would add and remove; RULE_INVALID with the path of what is wrong in its extensions.',
    authScopes: { permission: 'catalog:write' },
    args: { input: t.arg({ type: PreviewInput, required: true }) },
    resolve: async (_root, { input }, ctx) => {
      const id =
        input.collectionId == null ? ok(null) : readId('collection', input.collectionId, ['collectionId'])
      if (!id.ok) throw refusalError(id.error, ctx)
      const first = input.first ?? 20
      if (first < 1 || first > MAX_FIRST) {
        const reason = { en: `first is 1 to ${MAX_FIRST}`, es: `first va de 1 a ${MAX_FIRST}` }
        throw refusalError(COMMON.refuse('INVALID_INPUT', { reason }, ['first']).error, ctx)
      }
      const preview = await previewRule(ctx, { collectionId: id.value, rule: input.rule, first })
      if (!preview.ok) throw refusalError(preview.error, ctx)
      return preview.value
    },
  }),
)
