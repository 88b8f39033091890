import { defineMutation, LocalizedInput, MoneyInput, readId, readLocalized } from '@hilo/graphql'
import { archivePromotion, pausePromotion, resumePromotion } from '../change-status.ts'
import { createPromotion } from '../create-promotion.ts'
import { publishPromotion, updatePromotion } from '../update-promotion.ts'
import { readBudgets } from './budget.ts'
import { promotion } from './promotion.ts'

const access = { permission: 'promotions:write' } as const

defineMutation('promotionCreate', {
  description:
    'Creates a promotion as a draft. Refuses a rule that can never work, with the path of what is wrong.',
  access,
  input: (t) => ({
    name: t.field({ type: LocalizedInput, required: true }),
    definition: t.field({ type: 'JSON', required: true }),
    couponCodes: t.stringList({
      description: 'The codes that start it, when its trigger is COUPON; at most 1,000.',
    }),
    usageLimit: t.int(),
    perCustomerLimit: t.int(),
    budgets: t.field({
      type: [MoneyInput],
      description: 'What it may take off in all, one amount for each currency it holds in. Never overspent.',
    }),
  }),
  run: (ctx, { definition, budgets, ...input }) =>
    createPromotion(ctx, {
      ...input,
      definition,
      name: readLocalized(input.name),
      budgets: readBudgets(budgets),
    }),
  payload: (t) => ({
    promotion: t.field({
      type: promotion.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && promotion.byId(ctx, value.promotionId),
    }),
  }),
})

defineMutation('promotionUpdate', {
  description:
    'Changes a promotion; what is left out stays. Another definition is a draft until it is published; name, limits and codes hold at once. A limit of null takes it away, codes replace the ones before.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    name: t.field({ type: LocalizedInput }),
    definition: t.field({ type: 'JSON' }),
    couponCodes: t.stringList(),
    usageLimit: t.int(),
    perCustomerLimit: t.int(),
    budgets: t.field({
      type: [MoneyInput],
      description: 'What it may take off in all, one amount for each currency it holds in. Never overspent.',
    }),
  }),
  run: async (ctx, input) => {
    const id = readId('promotion', input.id, ['id'])
    if (!id.ok) return id
    return updatePromotion(ctx, {
      ...input,
      id: id.value,
      name: input.name && readLocalized(input.name),
      budgets: readBudgets(input.budgets),
      definition: input.definition ?? undefined,
    })
  },
  payload: (t) => ({
    promotion: t.field({
      type: promotion.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && promotion.byId(ctx, value.promotionId),
    }),
  }),
})

const LIFE = {
  promotionPublish: {
    run: publishPromotion,
    description:
      'Makes the newest version hold, at once and in every channel. A paused promotion holds again by it, in its newest version; promotionResume brings back the version of before.',
  },
  promotionPause: {
    run: pausePromotion,
    description:
      'Withholds a published promotion, at once and in every channel, until promotionResume or promotionPublish. Its published version stays, its drafts can be edited. Refuses PROMOTION_NOT_PUBLISHED.',
  },
  promotionResume: {
    run: resumePromotion,
    description:
      'Lets a paused promotion hold again as it was published; a later draft stays one. Refuses PROMOTION_NOT_PAUSED.',
  },
  promotionArchive: {
    run: archivePromotion,
    description: 'Ends a promotion for good, at once and in every channel.',
  },
}

for (const [name, { run, description }] of Object.entries(LIFE)) {
  defineMutation(name, {
    description,
    access,
    input: (t) => ({ id: t.id({ required: true }), ifVersion: t.int() }),
    run: async (ctx, { id: publicId, ifVersion }) => {
      const id = readId('promotion', publicId, ['id'])
      return id.ok ? run(ctx, { id: id.value, ifVersion }) : id
    },
    payload: (t) => ({
      promotion: t.field({
        type: promotion.ref,
        nullable: true,
        resolve: ({ value }, _args, ctx) => value && promotion.byId(ctx, value.promotionId),
      }),
    }),
  })
}
