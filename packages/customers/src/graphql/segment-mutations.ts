import { defineMutation, LocalizedInput, type Payload, readId, readIds, readLocalized } from '@hilo/graphql'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { setLoyaltyTier } from '../segments/loyalty-tier.ts'
import { createSegment, updateSegment } from '../segments/save-segment.ts'
import { addSegmentMembers, type MembersChanged, removeSegmentMembers } from '../segments/segment-members.ts'
import { customer } from './customer.ts'
import { segment } from './segment.ts'

const access = { permission: 'customers:write' } as const

defineMutation('segmentCreate', {
  description:
    'Makes a segment without members; needs customers:write in every channel. Refuses with SEGMENT_CODE_INVALID, SEGMENT_CODE_TAKEN, SEGMENT_TEXT_INVALID and TOO_MANY_SEGMENTS.',
  access,
  input: (t) => ({
    code: t.string({ required: true, description: '1 to 60 small letters, digits, dashes and underscores.' }),
    name: t.field({ type: LocalizedInput, required: true }),
    description: t.field({ type: LocalizedInput }),
  }),
  run: (ctx, { code, name, description }) =>
    createSegment(ctx, {
      code,
      name: readLocalized(name),
      description: description ? readLocalized(description) : undefined,
    }),
  payload: (t) => ({
    segment: t.field({
      type: segment.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && segment.byId(ctx, value.segmentId),
    }),
  }),
})

defineMutation('segmentUpdate', {
  description:
    'Changes the texts of a segment, or takes it into or out of the archive, where it counts for nothing; needs customers:write in every channel.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    name: t.field({ type: LocalizedInput }),
    description: t.field({ type: LocalizedInput }),
    archived: t.boolean(),
  }),
  run: async (ctx, { name, description, ...input }) => {
    const id = readId('segment', input.id, ['id'])
    if (!id.ok) return id
    return updateSegment(ctx, {
      id: id.value,
      ifVersion: input.ifVersion,
      name: name ? readLocalized(name) : undefined,
      description: description ? readLocalized(description) : undefined,
      archived: input.archived ?? undefined,
    })
  },
  payload: (t) => ({
    segment: t.field({
      type: segment.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && segment.byId(ctx, value.segmentId),
    }),
  }),
})

type PayloadBuilder<Value> = Parameters<Parameters<typeof defineMutation<{}, Value>>[1]['payload']>[0]

const membersFields = (t: PayloadBuilder<MembersChanged>) => ({
  segment: t.field({
    type: segment.ref,
    nullable: true,
    resolve: ({ value }: Payload<MembersChanged>, _args, ctx) => value && segment.byId(ctx, value.segmentId),
  }),
  changed: t.int({
    nullable: true,
    description: 'How many customers were not so before.',
    resolve: ({ value }: Payload<MembersChanged>) => value?.customerIds.length,
  }),
})

interface MembersInput {
  readonly segmentId: string
  readonly customerIds: readonly string[]
}

const readMembers = (input: MembersInput): Result<{ segmentId: Uuid; customerIds: readonly Uuid[] }> => {
  const segmentId = readId('segment', input.segmentId, ['segmentId'])
  if (!segmentId.ok) return segmentId
  const customerIds = readIds('customer', input.customerIds, ['customerIds'])
  return customerIds.ok ? ok({ segmentId: segmentId.value, customerIds: customerIds.value }) : customerIds
}

defineMutation('segmentMembersAdd', {
  description:
    'Takes at most 1,000 customers into a segment, until a time or for good; who is in already gets the new end. All or none.',
  access,
  input: (t) => ({
    segmentId: t.id({ required: true }),
    customerIds: t.idList({ required: true }),
    until: t.field({ type: 'DateTime' }),
  }),
  run: async (ctx, input) => {
    const members = readMembers(input)
    return members.ok ? addSegmentMembers(ctx, { ...members.value, until: input.until }) : members
  },
  payload: membersFields,
})

defineMutation('segmentMembersRemove', {
  description: 'Takes at most 1,000 customers out of a segment. All or none.',
  access,
  input: (t) => ({
    segmentId: t.id({ required: true }),
    customerIds: t.idList({ required: true }),
  }),
  run: async (ctx, input) => {
    const members = readMembers(input)
    return members.ok ? removeSegmentMembers(ctx, members.value) : members
  },
  payload: membersFields,
})

defineMutation('customerLoyaltyTierSet', {
  description:
    'Gives at most 1,000 customers a loyalty tier, a code of the shop’s own making, or with null none. All or none.',
  access,
  input: (t) => ({
    customerIds: t.idList({ required: true }),
    tier: t.string(),
  }),
  run: async (ctx, { tier, ...input }) => {
    const customerIds = readIds('customer', input.customerIds, ['customerIds'])
    if (!customerIds.ok) return customerIds
    return setLoyaltyTier(ctx, { customerIds: customerIds.value, tier: tier ?? null })
  },
  payload: (t) => ({
    customers: t.field({
      type: [customer.ref],
      nullable: true,
      description: 'Those who had another before.',
      resolve: async ({ value }, _args, ctx) => {
        if (!value) return null
        const found = await Promise.all(value.customerIds.map(async (id) => customer.byId(ctx, id)))
        return found.flatMap((row) => row ?? [])
      },
    }),
  }),
})
