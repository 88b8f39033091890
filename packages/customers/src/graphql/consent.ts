import { defineMutation } from '@hilo/graphql'
import { COMMON } from '@hilo/kernel'
import { setConsent } from '../consent.ts'
import { ConsentPurposeEnum, customer } from './customer.ts'

defineMutation('consentSet', {
  description:
    'Gives or withdraws a consent of the customer who is signed in. A device buys only with DEVICE_PURCHASE.',
  access: { customer: true },
  input: (t) => ({
    purpose: t.field({ type: ConsentPurposeEnum, required: true }),
    given: t.boolean({ required: true }),
  }),
  run: async (ctx, { purpose, given }) =>
    ctx.actor.kind === 'customer'
      ? setConsent(ctx, ctx.actor.customerId, { purpose, given })
      : COMMON.refuse('UNAUTHENTICATED', {}),
  payload: (t) => ({
    customer: t.field({
      type: customer.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && customer.byId(ctx, value.customerId),
    }),
  }),
})
