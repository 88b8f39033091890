import { defineMutation, LocalizedInput, type Payload, readId, readLocalized } from '@hilo/graphql'
import type { Uuid } from '@hilo/kernel'
import { createChannel, updateChannel } from '../save-channel.ts'
import { channel, ChannelKindEnum } from './channel.ts'

const access = { permission: 'settings:write' } as const

type PayloadBuilder = Parameters<Parameters<typeof defineMutation<{}, Saved>>[1]['payload']>[0]

interface Saved {
  readonly channelId: Uuid
}

const payload = (t: PayloadBuilder) => ({
  channel: t.field({
    type: channel.ref,
    nullable: true,
    resolve: ({ value }: Payload<Saved>, _args, ctx) => value && channel.byId(ctx, value.channelId),
  }),
})

defineMutation('channelCreate', {
  description:
    'Makes a channel in a market, open at once, at most 1,000 in a shop with the closed ones. Nothing is published there and no location serves it until that is said. Refuses SETTINGS_CODE_INVALID, CHANNEL_CODE_TAKEN, SETTINGS_NAME_INVALID, TOO_MANY_CHANNELS, NOT_FOUND.',
  access,
  input: (t) => ({
    code: t.string({
      required: true,
      description:
        '1 to 40 small letters, digits and dashes: what the header Hilo-Channel says. It stays for ever, like the kind and the market.',
    }),
    name: t.field({ type: LocalizedInput, required: true }),
    kind: t.field({ type: ChannelKindEnum, required: true }),
    marketId: t.id({ required: true }),
  }),
  run: async (ctx, { code, kind, name, ...input }) => {
    const marketId = readId('market', input.marketId, ['marketId'])
    return marketId.ok
      ? createChannel(ctx, { code, kind, name: readLocalized(name), marketId: marketId.value })
      : marketId
  },
  payload,
})

defineMutation('channelUpdate', {
  description:
    'Names a channel anew, closes it or opens it again, within seconds in every process; what is left out stays. Carts, orders and devices of a closed channel stay. Refuses CHANNEL_IS_DEFAULT, SETTINGS_NAME_INVALID.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    name: t.field({ type: LocalizedInput }),
    active: t.boolean({ description: 'False closes it: requests from it are refused with UNKNOWN_CHANNEL.' }),
  }),
  run: async (ctx, { name, active, ifVersion, ...input }) => {
    const id = readId('channel', input.id, ['id'])
    return id.ok
      ? updateChannel(ctx, { id: id.value, ifVersion, active, name: name && readLocalized(name) })
      : id
  },
  payload,
})
