import {
  defineMutation,
  LocalizedInput,
  type Payload,
  readId,
  readIds,
  readLocalized,
  toGlobalId,
} from '@hilo/graphql'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { addGroupMembers, type GroupMembers, removeGroupMembers } from '../groups/group-members.ts'
import { createCustomerGroup, deleteCustomerGroup, updateCustomerGroup } from '../groups/save-group.ts'
import { customerGroup } from './customer-group.ts'

const access = { permission: 'customers:write' } as const

type PayloadBuilder<Value> = Parameters<Parameters<typeof defineMutation<{}, Value>>[1]['payload']>[0]

interface Saved {
  readonly groupId: Uuid
}

const groupField = <Value extends Saved>(t: PayloadBuilder<Value>) => ({
  customerGroup: t.field({
    type: customerGroup.ref,
    nullable: true,
    resolve: ({ value }: Payload<Value>, _args, ctx) => value && customerGroup.byId(ctx, value.groupId),
  }),
})

defineMutation('customerGroupCreate', {
  description:
    'Makes a customer group without members, at most 1,000 in a shop; needs customers:write in every channel. Refuses with CUSTOMER_GROUP_CODE_INVALID, CUSTOMER_GROUP_CODE_TAKEN, CUSTOMER_GROUP_NAME_INVALID and TOO_MANY_CUSTOMER_GROUPS.',
  access,
  input: (t) => ({
    code: t.string({
      required: true,
      description: '1 to 60 small letters, digits, dashes and underscores; it stays for ever.',
    }),
    name: t.field({ type: LocalizedInput, required: true }),
  }),
  run: (ctx, { code, name }) => createCustomerGroup(ctx, { code, name: readLocalized(name) }),
  payload: (t: PayloadBuilder<Saved>) => groupField(t),
})

defineMutation('customerGroupUpdate', {
  description: 'Names a customer group anew; needs customers:write in every channel.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    name: t.field({ type: LocalizedInput, required: true }),
  }),
  run: async (ctx, { name, ifVersion, ...input }) => {
    const id = readId('customerGroup', input.id, ['id'])
    return id.ok ? updateCustomerGroup(ctx, { id: id.value, ifVersion, name: readLocalized(name) }) : id
  },
  payload: (t: PayloadBuilder<Saved>) => groupField(t),
})

defineMutation('customerGroupDelete', {
  description:
    'Deletes a customer group; its members are in it no longer. Needs customers:write in every channel. Refuses with CUSTOMER_GROUP_IN_USE while a price list or promotion that is not archived names it.',
  access,
  input: (t) => ({ id: t.id({ required: true }), ifVersion: t.int() }),
  run: async (ctx, { ifVersion, ...input }) => {
    const id = readId('customerGroup', input.id, ['id'])
    return id.ok ? deleteCustomerGroup(ctx, { id: id.value, ifVersion }) : id
  },
  payload: (t) => ({
    deletedId: t.id({
      nullable: true,
      resolve: ({ value }: Payload<Saved>) => value && toGlobalId('CustomerGroup', value.groupId),
    }),
  }),
})

const membersFields = (t: PayloadBuilder<GroupMembers>) => ({
  ...groupField(t),
  changed: t.int({
    nullable: true,
    description: 'How many customers were not so before.',
    resolve: ({ value }: Payload<GroupMembers>) => value?.customerIds.length,
  }),
})

interface MembersInput {
  readonly groupId: string
  readonly customerIds: readonly string[]
}

const readMembers = (input: MembersInput): Result<GroupMembers> => {
  const groupId = readId('customerGroup', input.groupId, ['groupId'])
  if (!groupId.ok) return groupId
  const customerIds = readIds('customer', input.customerIds, ['customerIds'])
  return customerIds.ok ? ok({ groupId: groupId.value, customerIds: customerIds.value }) : customerIds
}

for (const [name, run, description] of [
  ['customerGroupMembersAdd', addGroupMembers, 'Takes at most 1,000 customers into a group. All or none.'],
  [
    'customerGroupMembersRemove',
    removeGroupMembers,
    'Takes at most 1,000 customers out of a group. All or none.',
  ],
] as const) {
  defineMutation(name, {
    description,
    access,
    input: (t) => ({
      groupId: t.id({ required: true }),
      customerIds: t.idList({ required: true }),
    }),
    run: async (ctx, input) => {
      const members = readMembers(input)
      return members.ok ? run(ctx, members.value) : members
    },
    payload: membersFields,
  })
}
