import { defineMutation, readId } from '@hilo/graphql'
import { ok } from '@hilo/kernel'
import { readShop } from '../shop-queries.ts'
import { updateShop } from '../update-shop.ts'
import { ShopType } from './shop.ts'

defineMutation('shopUpdate', {
  description:
    'Names the shop anew, or has another channel answer whoever names none, within seconds in every process; what is left out stays. Refuses SETTINGS_NAME_INVALID, CHANNEL_NOT_OPEN.',
  access: { permission: 'settings:write' },
  input: (t) => ({
    name: t.string(),
    defaultChannelId: t.id({ description: 'An open channel; it cannot be closed while it is this one.' }),
  }),
  run: async (ctx, { name, defaultChannelId }) => {
    const id = defaultChannelId == null ? ok(null) : readId('channel', defaultChannelId, ['defaultChannelId'])
    return id.ok ? updateShop(ctx, { name, defaultChannelId: id.value }) : id
  },
  payload: (t) => ({
    shop: t.field({
      type: ShopType,
      nullable: true,
      resolve: async ({ value }, _args, { db }) => (value ? ((await readShop(db)) ?? null) : null),
    }),
  }),
})
