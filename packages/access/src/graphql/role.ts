import {
  builder,
  connectionType,
  defineMutation,
  defineNode,
  keysetConnection,
  loadOne,
  pageArgs,
  readId,
  type Payload,
  type RequestContext,
} from '@hilo/graphql'
import { may, PERMISSIONS, type Uuid } from '@hilo/kernel'
import { countRoles, membersOfRoles, rolesByIds, rolesPage } from '../role-queries.ts'
import { createRole, deleteRole, updateRole } from '../save-role.ts'

const access = { permission: 'staff:write' } as const

export const role = defineNode('Role', async ({ db, actor }, ids) =>
  actor.kind === 'staff' || may(actor, 'staff:write') ? rolesByIds(db, ids) : [],
)

const members = loadOne(
  ({ db }, ids) => membersOfRoles(db, ids),
  ({ id }) => id,
)

builder.node(role.ref, {
  ...role.options,
  description:
    'A named set of permissions, which members of staff hold in channels and at locations. Staff see roles.',
  fields: (t) => ({
    name: t.exposeString('name'),
    code: t.exposeString('code', {
      nullable: true,
      description: 'Of a role that comes with Hilo, such as administrator; null for your own.',
    }),
    permissions: t.stringList({
      description: 'What it allows, such as orders:write; who may write a noun may read it.',
      resolve: ({ permissions }) => [...permissions],
    }),
    fixed: t.boolean({
      description: 'True for the administrators’ role, which always holds every permission.',
      resolve: ({ code }) => code === 'administrator',
    }),
    memberCount: t.int({
      nullable: true,
      description: 'How many members of staff hold it; for staff:write.',
      resolve: async ({ id }, _args, ctx) =>
        may(ctx.actor, 'staff:write') ? ((await members(ctx, id))?.members ?? 0) : null,
    }),
    version: t.exposeInt('version', { description: 'Grows with each change; send it as ifVersion.' }),
  }),
})

const RoleConnection = connectionType(role.ref, 'Role')

builder.queryField('roles', (t) =>
  t.field({
    type: RoleConnection,
    description: 'Every role, by name.',
    authScopes: access,
    args: pageArgs(t.arg),
    resolve: (_root, args, ctx) =>
      keysetConnection(ctx, {
        args,
        width: 2,
        rows: (page) => rolesPage(ctx.db, page),
        keyOf: ({ name, id }) => [name, id],
        count: () => countRoles(ctx.db),
      }),
  }),
)

builder.queryField('permissions', (t) =>
  t.stringList({
    description: 'Every permission that a role or an API key can have.',
    authScopes: { staff: true, permission: 'keys:write' },
    resolve: () => [...PERMISSIONS],
  }),
)

const roleField = {
  type: role.ref,
  nullable: true,
  resolve: ({ value }: Payload<{ readonly id: Uuid }>, _args: object, ctx: RequestContext) =>
    value && role.byId(ctx, value.id),
} as const

defineMutation('roleCreate', {
  description:
    'Makes a role of permissions that you hold yourself. Refuses NAME_INVALID, ROLE_NAME_TAKEN, PERMISSION_UNKNOWN, GRANT_BEYOND_OWN.',
  access,
  input: (t) => ({ name: t.string({ required: true }), permissions: t.stringList({ required: true }) }),
  run: (ctx, { name, permissions }) => createRole(ctx, { name, permissions }),
  payload: (t) => ({ role: t.field(roleField) }),
})

defineMutation('roleUpdate', {
  description:
    'Changes a role; what is left out stays. Whoever holds it may do the other things at once. Refuses ROLE_FIXED and what roleCreate refuses.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    name: t.string(),
    permissions: t.stringList(),
  }),
  run: async (ctx, { id, ifVersion, name, permissions }) => {
    const roleId = readId('role', id, ['id'])
    if (!roleId.ok) return roleId
    return updateRole(ctx, {
      id: roleId.value,
      ifVersion,
      ...(name != null && { name }),
      ...(permissions && { permissions }),
    })
  },
  payload: (t) => ({ role: t.field(roleField) }),
})

defineMutation('roleDelete', {
  description: 'Takes a role away that nobody holds. Refuses ROLE_IN_USE, ROLE_FIXED, GRANT_BEYOND_OWN.',
  access,
  input: (t) => ({ id: t.id({ required: true }) }),
  run: async (ctx, { id }) => {
    const roleId = readId('role', id, ['id'])
    return roleId.ok ? deleteRole(ctx, roleId.value) : roleId
  },
  payload: (t) => ({ done: t.boolean({ resolve: ({ value }) => value !== undefined }) }),
})
