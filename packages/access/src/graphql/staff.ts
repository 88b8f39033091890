import { builder, connectionType, defineNode, keysetConnection, pageArgs } from '@hilo/graphql'
import { encodeId, type IdKind, type Uuid } from '@hilo/kernel'
import { countStaff, permissionsOf, staffByIds, type StaffGrantRow, staffPage } from '../staff-queries.ts'
import { role } from './role.ts'
import { resolveSessions, SessionConnection } from './session.ts'

export const staff = defineNode('Staff', ({ db, actor }, ids) => staffByIds(db, actor, ids))

const publicIds = (kind: IdKind, ids: readonly Uuid[] | null) => ids?.map((id) => encodeId(kind, id)) ?? null

const StaffGrantType = builder.objectRef<StaffGrantRow>('StaffGrant').implement({
  description: 'A role that a member of staff holds, and where.',
  fields: (t) => ({
    role: t.field({
      type: role.ref,
      resolve: async ({ roleId }, _args, ctx) => (await role.byId(ctx, roleId))!,
    }),
    channelIds: t.idList({
      nullable: true,
      description:
        'The channels where it holds; null for all. What belongs to the whole shop then needs all.',
      resolve: ({ channels }) => publicIds('channel', channels),
    }),
    locationIds: t.idList({
      nullable: true,
      description: 'The locations where it holds, for stock; null for all.',
      resolve: ({ locations }) => publicIds('location', locations),
    }),
  }),
})

builder.node(staff.ref, {
  ...staff.options,
  description: 'Somebody who works in the shop.',
  fields: (t) => ({
    name: t.exposeString('name'),
    email: t.exposeString('email'),
    locale: t.exposeString('locale'),
    permissions: t.stringList({
      description: 'What they may do somewhere, such as prices:write; where, `grants` says.',
      resolve: ({ grants }) => permissionsOf(grants),
    }),
    grants: t.field({ type: [StaffGrantType], resolve: ({ roles }) => roles }),
    disabled: t.boolean({
      description: 'True for somebody who may not sign in.',
      resolve: ({ disabledAt }) => disabledAt !== null,
    }),
    version: t.exposeInt('version', { description: 'Grows with each change; send it as ifVersion.' }),
    sessions: t.field({
      type: SessionConnection,
      description: 'Where they are signed in, the newest first.',
      args: pageArgs(t.arg),
      resolve: ({ id }, args, ctx) => resolveSessions({ kind: 'staff', subjectId: id }, args, ctx),
    }),
  }),
})

const StaffConnection = connectionType(staff.ref, 'Staff')

builder.queryField('staffMembers', (t) =>
  t.field({
    type: StaffConnection,
    description: 'Everybody who works in the shop, by name.',
    authScopes: { permission: 'staff:write' },
    args: pageArgs(t.arg),
    resolve: (_root, args, ctx) =>
      keysetConnection(ctx, {
        args,
        width: 2,
        rows: (page) => staffPage(ctx.db, ctx.actor, page),
        keyOf: ({ name, id }) => [name, id],
        count: () => countStaff(ctx.db, ctx.actor),
      }),
  }),
)
