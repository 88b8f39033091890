import { builder, defineMutation, defineNode } from '@hilo/graphql'
import { SYSTEM } from '@hilo/kernel'
import { signInStaff, signOut } from '../sign-in-staff.ts'
import { permissionsOf, staffByIds } from '../staff-queries.ts'

export const staff = defineNode('Staff', ({ db, actor }, ids) => staffByIds(db, actor, ids))

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
  }),
})

defineMutation('staffSignIn', {
  description:
    'Opens a session of 12 hours for a member of staff. Send the token as Authorization: Bearer, or keep it in a cookie that scripts cannot read. Refuses with SIGN_IN_FAILED and RATE_LIMITED.',
  access: { anyone: true },
  transaction: 'own',
  input: (t) => ({
    email: t.string({ required: true }),
    password: t.string({ required: true }),
  }),
  run: (ctx, input) => signInStaff(ctx, { ...input, ...ctx.client }),
  payload: (t) => ({
    // Nobody is signed in yet in the request that signs in: so the row is read without the scope of the request.
    staff: t.field({
      type: staff.ref,
      nullable: true,
      resolve: async ({ value }, _args, { db }) =>
        value && (await staffByIds(db, SYSTEM, [value.staffId]))[0],
    }),
    token: t.string({ nullable: true, resolve: ({ value }) => value?.token }),
    expiresAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ value }) => value?.expiresAt }),
  }),
})

defineMutation('staffSignOut', {
  description: 'Ends the session of this request; its token stops to work at once.',
  access: { staff: true },
  input: () => ({}),
  run: signOut,
  payload: (t) => ({ done: t.boolean({ resolve: ({ value }) => value !== undefined }) }),
})
