import {
  builder,
  connectionType,
  defineNode,
  keysetConnection,
  loadOne,
  loadPages,
  type RequestContext,
} from '@hilo/graphql'
import { encodeId, may, ownerOf, reachOf } from '@hilo/kernel'
import { countOffers, offerPages, offersByIds, offersOf } from '../offer-queries.ts'

/** Whose offers an actor sees as their own: those of the customer, and of a device also its own. */
const ownerIn = ({ actor, now }: RequestContext) => ({
  customerId: ownerOf(actor) ?? null,
  deviceId: actor.kind === 'device' ? actor.deviceId : null,
  now: now(),
})

export const offer = defineNode('PromotionOffer', (ctx, ids) =>
  offersByIds(ctx.db, { ...ownerIn(ctx), reach: reachOf(ctx.actor, 'promotions:read') }, ids),
)

builder.node(offer.ref, {
  ...offer.options,
  description:
    'A promotion offered to one customer or device: seen by them and by staff, and used without a code.',
  fields: (t) => ({
    promotionId: t.id({ resolve: ({ promotionId }) => encodeId('promotion', promotionId) }),
    customerId: t.id({
      nullable: true,
      resolve: ({ customerId }) => customerId && encodeId('customer', customerId),
    }),
    deviceId: t.id({ nullable: true, resolve: ({ deviceId }) => deviceId && encodeId('device', deviceId) }),
    note: t.string({
      nullable: true,
      description: 'For staff; null for others.',
      resolve: ({ note }, _args, { actor }) => (may(actor, 'promotions:read') ? note : null),
    }),
    usageLimit: t.exposeInt('usageLimit'),
    used: t.exposeInt('used'),
    startsAt: t.field({ type: 'DateTime', resolve: ({ startsAt }) => startsAt }),
    expiresAt: t.field({ type: 'DateTime', resolve: ({ expiresAt }) => expiresAt }),
    withdrawnAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ withdrawnAt }) => withdrawnAt }),
  }),
})

const offersOfPromotion = loadPages(
  (ctx, { ownerIds, ...page }) => offerPages(ctx.db, { promotionIds: ownerIds, ...page }),
  ({ promotionId }) => promotionId,
)

const offerCountOf = loadOne(
  (ctx, ids) => countOffers(ctx.db, ids),
  ({ promotionId }) => promotionId,
)

export const OfferConnection = connectionType(offer.ref, 'PromotionOffer')

/** A page of the offers of a promotion. */
export const offerPage = (
  promotionId: string,
  args: Parameters<typeof keysetConnection>[1]['args'],
  ctx: RequestContext,
) =>
  keysetConnection(ctx, {
    args,
    width: 2,
    rows: (page) => offersOfPromotion(ctx, promotionId, page),
    keyOf: ({ createdAt, id }) => [createdAt.toISOString(), id],
    count: async () => (await offerCountOf(ctx, promotionId))?.count ?? 0,
  })

builder.queryField('offers', (t) =>
  t.field({
    type: [offer.ref],
    description: 'What is offered to you now, the first to expire first; nothing for guests.',
    authScopes: { anyone: true },
    resolve: (_root, _args, ctx) => offersOf(ctx.db, ownerIn(ctx)),
  }),
)
