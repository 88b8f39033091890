import { defineMutation, loadAll, readId, readIds } from '@hilo/graphql'
import { makeOffers, withdrawOffer } from '../make-offers.ts'
import { offer } from './offer.ts'

const access = { permission: 'promotions:write' } as const

defineMutation('promotionOffer', {
  description:
    'Offers a promotion whose trigger is OFFER to customers and devices, at most 1,000 at once: only they hear of it, and it works without a code. Refuses OFFER_INVALID, LIMIT_INVALID, NOT_FOUND.',
  access,
  input: (t) => ({
    promotionId: t.id({ required: true }),
    customerIds: t.idList(),
    deviceIds: t.idList(),
    usageLimit: t.int({ description: 'Orders of each; default 1.' }),
    startsAt: t.field({ type: 'DateTime', description: 'Default now.' }),
    expiresAt: t.field({ type: 'DateTime', required: true }),
    note: t.string({ description: 'For staff; at most 500 characters.' }),
  }),
  run: async (ctx, input) => {
    const promotionId = readId('promotion', input.promotionId, ['promotionId'])
    if (!promotionId.ok) return promotionId
    const customerIds = readIds('customer', input.customerIds ?? [], ['customerIds'])
    if (!customerIds.ok) return customerIds
    const deviceIds = readIds('device', input.deviceIds ?? [], ['deviceIds'])
    if (!deviceIds.ok) return deviceIds
    return makeOffers(ctx, {
      ...input,
      promotionId: promotionId.value,
      customerIds: customerIds.value,
      deviceIds: deviceIds.value,
    })
  },
  payload: (t) => ({
    offers: t.field({
      type: [offer.ref],
      nullable: true,
      resolve: async ({ value }, _args, ctx) => {
        if (!value) return null
        const made = await loadAll(offer.byId, ctx, value.offerIds)
        return made.flatMap((one) => one ?? [])
      },
    }),
  }),
})

defineMutation('promotionOfferWithdraw', {
  description: 'Takes an offer back: it starts nothing from now on. Done again, it changes nothing.',
  access,
  input: (t) => ({ id: t.id({ required: true }) }),
  run: async (ctx, { id: publicId }) => {
    const id = readId('promotionOffer', publicId, ['id'])
    return id.ok ? withdrawOffer(ctx, { id: id.value }) : id
  },
  payload: (t) => ({
    offer: t.field({
      type: offer.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && offer.byId(ctx, value.offerId),
    }),
  }),
})
