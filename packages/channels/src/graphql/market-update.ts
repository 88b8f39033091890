import { defineMutation, readId, registerRefusals } from '@hilo/graphql'
import { CHANNELS } from '../errors.ts'
import { updateMarket } from '../update-market.ts'
import { market, StackingEnum, TaxPerEnum } from './market.ts'

registerRefusals(CHANNELS.catalogue)

defineMutation('marketUpdate', {
  description:
    'Changes how a market reckons, within seconds in every process; what is left out stays. Refuses TIME_ZONE_UNKNOWN.',
  access: { permission: 'settings:write' },
  input: (t) => ({
    id: t.id({ required: true }),
    timeZone: t.string({ description: 'IANA, such as Europe/Madrid.' }),
    stacking: t.field({ type: StackingEnum }),
    taxPer: t.field({ type: TaxPerEnum }),
  }),
  run: async (ctx, input) => {
    const id = readId('market', input.id, ['id'])
    return id.ok ? updateMarket(ctx, { ...input, id: id.value }) : id
  },
  payload: (t) => ({
    market: t.field({
      type: market.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && market.byId(ctx, value.marketId),
    }),
  }),
})
