import { builder, defineNode } from '@hilo/graphql'
import { localize } from '@hilo/kernel'
import {
  allCustomerGroups,
  AUDIENCE_READERS,
  customerGroupsByIds,
} from '../segments/customer-group-queries.ts'

export const customerGroup = defineNode('CustomerGroup', ({ db, actor }, ids) =>
  customerGroupsByIds(db, actor, ids),
)

builder.node(customerGroup.ref, {
  ...customerGroup.options,
  description: 'Customers who are told apart by what they are, such as the trade. Only staff see groups.',
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
  }),
})

builder.queryField('customerGroups', (t) =>
  t.field({
    type: [customerGroup.ref],
    description: 'Every customer group, by code.',
    authScopes: { anyPermission: AUDIENCE_READERS },
    resolve: (_root, _args, { db }) => allCustomerGroups(db),
  }),
)
