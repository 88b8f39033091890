import { staff } from '@hilo/access/graphql'
import { customer } from '@hilo/customers/graphql'
import { builder } from '@hilo/graphql'
import { device } from './nodes.ts'

const Viewer = builder.unionType('Viewer', {
  description: 'Whoever is signed in.',
  types: [staff.ref, customer.ref, device.ref],
  resolveType: (row) => ('grants' in row ? staff.ref : 'policy' in row ? device.ref : customer.ref),
})

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    nullable: true,
    description: 'Who asks: a member of staff, a customer or a device; null for guests and API keys.',
    authScopes: { anyone: true },
    resolve: (_root, _args, ctx) => {
      const { actor } = ctx
      switch (actor.kind) {
        case 'staff':
          return staff.byId(ctx, actor.staffId)
        case 'customer':
          return customer.byId(ctx, actor.customerId)
        case 'device':
          return device.byId(ctx, actor.deviceId)
        case 'guest':
        case 'app':
        case 'system':
          return null
      }
    },
  }),
)
