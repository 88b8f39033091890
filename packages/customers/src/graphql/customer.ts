import { resolveSessions, SessionConnection } from '@hilo/access/graphql'
import { builder, connectionType, defineNode, keysetConnection, loadMany, pageArgs } from '@hilo/graphql'
import { consentsOf, CONSENT_PURPOSES, type ConsentRow } from '../consent.ts'
import { countCustomers, customersByIds, customersPage } from '../customer-queries.ts'

export const customer = defineNode('Customer', ({ db, actor }, ids) => customersByIds(db, actor, ids))

export const ConsentPurposeEnum = builder.enumType('ConsentPurpose', {
  description: 'What a customer can allow: that their devices buy, that they get offers.',
  values: CONSENT_PURPOSES,
})

const ConsentType = builder.objectRef<ConsentRow>('Consent').implement({
  description: 'What a customer said last about a purpose.',
  fields: (t) => ({
    purpose: t.field({ type: ConsentPurposeEnum, resolve: ({ purpose }) => purpose }),
    given: t.exposeBoolean('given'),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
  }),
})

const consents = loadMany(
  ({ db }, ids) => consentsOf(db, ids),
  ({ customerId }) => customerId,
)

builder.node(customer.ref, {
  ...customer.options,
  description: 'Somebody who buys.',
  fields: (t) => ({
    name: t.exposeString('name'),
    email: t.exposeString('email', { nullable: true }),
    locale: t.exposeString('locale'),
    createdAt: t.field({ type: 'DateTime', resolve: ({ createdAt }) => createdAt }),
    loyaltyTier: t.string({
      nullable: true,
      description: 'A code of the shop’s own making, set by staff or by another system.',
      resolve: ({ loyaltyTier }) => loyaltyTier,
    }),
    consents: t.field({
      type: [ConsentType],
      description: 'What they have allowed or withdrawn; a purpose that is not here was never allowed.',
      resolve: async (row, _args, ctx) => [...(await consents(ctx, row.id))],
    }),
    sessions: t.field({
      type: SessionConnection,
      nullable: true,
      description: 'Where they are signed in, the newest first; null for everybody else.',
      args: pageArgs(t.arg),
      resolve: ({ id }, args, ctx) =>
        ctx.actor.kind === 'customer' && ctx.actor.customerId === id
          ? resolveSessions({ kind: 'customer', subjectId: id }, args, ctx)
          : null,
    }),
  }),
})

builder.queryField('customer', (t) =>
  t.field({
    type: customer.ref,
    nullable: true,
    description: 'One customer: yourself, or anybody with customers:read; null when there is none.',
    authScopes: { customer: true, permission: 'customers:read' },
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, ctx) => customer.require(ctx, id),
  }),
)

export const CustomerConnection = connectionType(customer.ref, 'Customer')

builder.queryField('customers', (t) =>
  t.field({
    type: CustomerConnection,
    description: 'All customers, newest first.',
    authScopes: { permission: 'customers:read' },
    args: {
      ...pageArgs(t.arg),
      search: t.arg.string({ description: 'A part of the name, e-mail or phone number.' }),
    },
    resolve: (_root, args, ctx) =>
      keysetConnection(ctx, {
        args,
        width: 1,
        rows: (page) => customersPage(ctx.db, ctx.actor, { ...page, search: args.search }),
        keyOf: ({ id }) => [id],
        count: () => countCustomers(ctx.db, ctx.actor, args.search),
      }),
  }),
)
