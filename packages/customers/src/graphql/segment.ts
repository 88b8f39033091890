import {
  builder,
  connectionType,
  defineNode,
  keysetConnection,
  loadMany,
  loadOne,
  loadPages,
  LocalizedText,
  pageArgs,
} from '@hilo/graphql'
import { localize } from '@hilo/kernel'
import { AUDIENCE_READERS } from '../groups/group-queries.ts'
import {
  countMembers,
  countSegments,
  memberPages,
  membershipsOf,
  type SegmentMember,
  segmentPage,
  segmentsByIds,
} from '../segments/segment-queries.ts'
import { customer } from './customer.ts'

export const segment = defineNode('Segment', ({ db, actor }, ids) => segmentsByIds(db, actor, ids))

const Membership = builder.objectRef<SegmentMember>('SegmentMembership').implement({
  description: 'A customer’s place in a segment.',
  fields: (t) => ({
    segment: t.field({
      type: segment.ref,
      resolve: async ({ segmentId }, _args, ctx) => (await segment.byId(ctx, segmentId))!,
    }),
    customer: t.field({
      type: customer.ref,
      resolve: async ({ customerId }, _args, ctx) => (await customer.byId(ctx, customerId))!,
    }),
    since: t.field({ type: 'DateTime', resolve: ({ since }) => since }),
    until: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until just before; null is until somebody says otherwise.',
      resolve: ({ until }) => until,
    }),
  }),
})

const membersOf = loadPages(
  ({ db, actor, now }, { ownerIds, ...page }) =>
    memberPages(db, actor, { segmentIds: ownerIds, now: now(), ...page }),
  ({ segmentId }) => segmentId,
)

const memberCountOf = loadOne(
  ({ db, actor, now }, segmentIds) => countMembers(db, actor, { segmentIds, now: now() }),
  ({ segmentId }) => segmentId,
)

const MembershipConnection = connectionType(Membership, 'SegmentMembership')

builder.node(segment.ref, {
  ...segment.options,
  description:
    'Customers put together by staff or by another system, for price lists and promotions. Only staff see segments.',
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    nameTexts: t.field({ type: LocalizedText, resolve: ({ name }) => name }),
    description: t.string({ resolve: ({ description }, _args, ctx) => localize(description, ctx) }),
    descriptionTexts: t.field({ type: LocalizedText, resolve: ({ description }) => description }),
    archived: t.boolean({
      description: 'True when it counts for nothing.',
      resolve: ({ archivedAt }) => archivedAt !== null,
    }),
    version: t.exposeInt('version'),
    members: t.field({
      type: MembershipConnection,
      nullable: true,
      description: 'Its customers in your channels; null, with an error of its own, without customers:read.',
      authScopes: { permission: 'customers:read' },
      args: pageArgs(t.arg),
      resolve: ({ id }, args, ctx) =>
        keysetConnection(ctx, {
          args,
          width: 1,
          rows: (page) => membersOf(ctx, id, page),
          keyOf: ({ customerId }) => [customerId],
          count: async () => (await memberCountOf(ctx, id))?.count ?? 0,
        }),
    }),
  }),
})

const membershipsOfCustomer = loadMany(
  ({ db, actor, now }, customerIds) => membershipsOf(db, actor, { customerIds, now: now() }),
  ({ customerId }) => customerId,
)

builder.objectField(customer.ref, 'segments', (t) =>
  t.field({
    type: [Membership],
    description: 'The segments they are in; only staff are told.',
    resolve: async ({ id }, _args, ctx) => [...(await membershipsOfCustomer(ctx, id))],
  }),
)

const SegmentConnection = connectionType(segment.ref, 'Segment')

builder.queryField('segments', (t) =>
  t.field({
    type: SegmentConnection,
    description: 'Segments, by code.',
    authScopes: { anyPermission: AUDIENCE_READERS },
    args: {
      ...pageArgs(t.arg),
      search: t.arg.string({ description: 'A part of the code or the name.' }),
      archived: t.arg.boolean({ defaultValue: false, description: 'Only those in the archive.' }),
    },
    resolve: (_root, { search, archived, ...args }, ctx) =>
      keysetConnection(ctx, {
        args,
        width: 1,
        rows: (page) => segmentPage(ctx.db, { ...page, search, archived }),
        keyOf: ({ code }) => [code],
        count: () => countSegments(ctx.db, { search, archived }),
      }),
  }),
)
