import {
  builder,
  defineNode,
  keysetConnection,
  loadAll,
  loadMany,
  loadOne,
  loadPages,
  LocalizedText,
  pageArgs,
} from '@hilo/graphql'
import { localize } from '@hilo/kernel'
import {
  allCustomerGroups,
  AUDIENCE_READERS,
  countGroupMembers,
  customerGroupsByIds,
  groupMemberPages,
  groupsOfCustomers,
} from '../groups/group-queries.ts'
import { customer, CustomerConnection } from './customer.ts'

export const customerGroup = defineNode('CustomerGroup', ({ db, actor }, ids) =>
  customerGroupsByIds(db, actor, ids),
)

const membersOf = loadPages(
  ({ db, actor }, { ownerIds, ...page }) => groupMemberPages(db, actor, { groupIds: ownerIds, ...page }),
  ({ groupId }) => groupId,
)

const memberCountOf = loadOne(
  ({ db, actor }, groupIds) => countGroupMembers(db, actor, groupIds),
  ({ groupId }) => groupId,
)

builder.node(customerGroup.ref, {
  ...customerGroup.options,
  description: 'Customers who are told apart by what they are, such as the trade. Only staff see groups.',
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    nameTexts: t.field({ type: LocalizedText, resolve: ({ name }) => name }),
    version: t.exposeInt('version'),
    members: t.field({
      type: CustomerConnection,
      nullable: true,
      description: 'Its customers in your channels; null, with an error of its own, without customers:read.',
      authScopes: { permission: 'customers:read' },
      args: pageArgs(t.arg),
      resolve: async ({ id }, args, ctx) => {
        const page = await keysetConnection(ctx, {
          args,
          width: 1,
          rows: (place) => membersOf(ctx, id, place),
          keyOf: ({ customerId }) => [customerId],
          count: async () => (await memberCountOf(ctx, id))?.count ?? 0,
        })
        const rows = await loadAll(
          customer.byId,
          ctx,
          page.edges.map(({ node }) => node.customerId),
        )
        return {
          ...page,
          edges: page.edges.flatMap(({ cursor }, index) => {
            const node = rows[index]
            return node && !(node instanceof Error) ? [{ cursor, node }] : []
          }),
        }
      },
    }),
  }),
})

const groupsOf = loadMany(
  ({ db, actor }, customerIds) => groupsOfCustomers(db, actor, customerIds),
  ({ customerId }) => customerId,
)

builder.objectField(customer.ref, 'groups', (t) =>
  t.field({
    type: [customerGroup.ref],
    description: 'The groups they are in; only staff are told.',
    resolve: async ({ id }, _args, ctx) => [...(await groupsOf(ctx, id))],
  }),
)

builder.queryField('customerGroups', (t) =>
  t.field({
    type: [customerGroup.ref],
    description: 'Every customer group, by code; a shop has at most 1,000.',
    authScopes: { anyPermission: AUDIENCE_READERS },
    resolve: (_root, _args, { db }) => allCustomerGroups(db),
  }),
)
