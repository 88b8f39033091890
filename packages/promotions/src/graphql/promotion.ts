import {
  builder,
  connectionType,
  defineNode,
  keysetConnection,
  loadOne,
  LocalizedText,
  pageArgs,
  type RequestContext,
} from '@hilo/graphql'
import { localize, reachOf } from '@hilo/kernel'
import { compileStored, type PromotionDefinition, promotionSummary, TRIGGERS } from '@hilo/pricing'
import { readNames } from '../names.ts'
import { PROMOTION_STATUSES } from '../promotion.ts'
import { countPromotions, promotionPage, promotionsByIds } from '../promotion-queries.ts'
import { PromotionClassEnum } from './application.ts'
import { PromotionBudget } from './budget.ts'
import { couponPage, CouponConnection } from './coupon.ts'
import { CouponBatchConnection, couponBatchPage } from './coupon-batch.ts'
import { OfferConnection, offerPage } from './offer.ts'

const access = { permission: 'promotions:read' } as const

const reachedBy = ({ actor }: RequestContext) => reachOf(actor, access.permission)

const PromotionStatusEnum = builder.enumType('PromotionStatus', {
  description:
    'The life of a promotion: a paused one is published but withheld, an archived one is over for good.',
  values: PROMOTION_STATUSES,
})

const PromotionTriggerEnum = builder.enumType('PromotionTrigger', {
  description:
    'What starts a promotion: itself, a code that the customer enters, or an offer made to a customer or a device.',
  values: TRIGGERS,
})

export const promotion = defineNode('Promotion', (ctx, ids) => promotionsByIds(ctx.db, reachedBy(ctx), ids))

/** The names that a definition refers to; a list of promotions asks for all of theirs in one statement. */
const namesOf = loadOne(
  async (ctx, texts) => {
    const lookup = await readNames(
      ctx.db,
      texts.map((text) => JSON.parse(text) as PromotionDefinition),
    )
    return texts.map((text) => ({ text, lookup }))
  },
  ({ text }) => text,
)

const timeOf = (text: string | undefined): Date | null => (text === undefined ? null : new Date(text))

builder.node(promotion.ref, {
  ...promotion.options,
  description:
    'A rule that reduces prices, in its newest version. Only staff see promotions; others see what they do.',
  fields: (t) => ({
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    nameTexts: t.field({ type: LocalizedText, resolve: ({ name }) => name }),
    status: t.field({ type: PromotionStatusEnum, resolve: ({ status }) => status }),
    version: t.exposeInt('version', { description: 'Each change makes a new one.' }),
    publishedVersion: t.exposeInt('publishedVersion', {
      nullable: true,
      description:
        'The version that holds, or held until the pause. Smaller than `version` while a change waits to be published.',
    }),
    trigger: t.field({ type: PromotionTriggerEnum, resolve: ({ definition }) => definition.trigger }),
    class: t.field({
      type: PromotionClassEnum,
      resolve: ({ definition }) => compileStored(definition).class,
    }),
    definition: t.field({
      type: 'JSON',
      description: 'The rule as data; see PromotionDefinition of @hilo/pricing.',
      resolve: ({ definition }) => definition,
    }),
    summary: t.string({
      description: 'The rule as people say it, such as “10 % off coffee on devices”.',
      resolve: async ({ definition }, _args, ctx) => {
        const names = await namesOf(ctx, JSON.stringify(definition))
        return promotionSummary(definition, names!.lookup, ctx.locale)
      },
    }),
    coupons: t.field({
      type: CouponConnection,
      description: 'Its codes, in their order.',
      args: {
        ...pageArgs(t.arg),
        inBatch: t.arg.boolean({
          description: 'True: only those made in batches; false: only those that people wrote.',
        }),
        startsWith: t.arg.string({ description: 'How the codes begin.' }),
      },
      resolve: ({ id }, args, ctx) => couponPage(id, args, ctx),
    }),
    usageLimit: t.exposeInt('usageLimit', {
      nullable: true,
      description: 'Orders in all; null for any number.',
    }),
    perCustomerLimit: t.exposeInt('perCustomerLimit', {
      nullable: true,
      description: 'Orders of one customer.',
    }),
    budgets: t.field({
      type: [PromotionBudget],
      description:
        'What it may take off in all; with one it holds in its currencies only. Empty for any amount.',
      resolve: ({ budgets }) => [...budgets],
    }),
    couponBatches: t.field({
      type: CouponBatchConnection,
      description: 'Codes made together, the newest first.',
      args: pageArgs(t.arg),
      resolve: ({ id }, args, ctx) => couponBatchPage(id, args, ctx),
    }),
    offers: t.field({
      type: OfferConnection,
      description: 'To whom it was offered, the newest first.',
      args: pageArgs(t.arg),
      resolve: ({ id }, args, ctx) => offerPage(id, args, ctx),
    }),
    used: t.exposeInt('used', { description: 'Orders that used it and were not cancelled.' }),
    startsAt: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: ({ definition }) => timeOf(definition.startsAt),
    }),
    endsAt: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: ({ definition }) => timeOf(definition.endsAt),
    }),
    createdAt: t.field({ type: 'DateTime', resolve: ({ createdAt }) => createdAt }),
    updatedAt: t.field({ type: 'DateTime', resolve: ({ updatedAt }) => updatedAt }),
  }),
})

const PromotionConnection = connectionType(promotion.ref, 'Promotion')

builder.queryField('promotion', (t) =>
  t.field({
    type: promotion.ref,
    nullable: true,
    description: 'A promotion by id.',
    authScopes: access,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, ctx) => promotion.require(ctx, id),
  }),
)

builder.queryField('promotions', (t) =>
  t.field({
    type: PromotionConnection,
    description: 'The promotions that hold in your channels, the newest first.',
    authScopes: access,
    args: {
      ...pageArgs(t.arg),
      status: t.arg({ type: PromotionStatusEnum }),
      search: t.arg.string({ description: 'A part of the name, or a whole coupon code.' }),
    },
    resolve: (_root, { status, search, ...args }, ctx) =>
      keysetConnection(ctx, {
        args,
        width: 2,
        rows: (page) => promotionPage(ctx.db, { reach: reachedBy(ctx), status, search }, page),
        keyOf: ({ createdAt, id }) => [createdAt.toISOString(), id],
        count: () => countPromotions(ctx.db, { reach: reachedBy(ctx), status, search }),
      }),
  }),
)
