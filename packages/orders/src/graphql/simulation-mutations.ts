import { defineMutation, type Payload, readId, type RequestContext } from '@hilo/graphql'
import { ok } from '@hilo/kernel'
import { cancelSimulation, requestSimulation, type SimulationKey } from '../simulation/request-simulation.ts'
import { simulation } from './simulation.ts'

const access = { permission: 'promotions:write' } as const

const simulationField = {
  type: simulation.ref,
  nullable: true,
  resolve: ({ value }: Payload<SimulationKey>, _args: object, ctx: RequestContext) =>
    value && simulation.byId(ctx, value.simulationId),
} as const

defineMutation('promotionSimulate', {
  description:
    'Prices the orders of the last days, and the carts that are open, with and without a draft, in the background and without changing anything. Needs orders:read in the channels too. Refuses SIMULATION_INVALID, SIMULATIONS_TOO_MANY, PROMOTION_INVALID.',
  access,
  input: (t) => ({
    promotionId: t.id({ description: 'Its newest version, published or not. This or definition.' }),
    definition: t.field({ type: 'JSON', description: 'This or promotionId.' }),
    days: t.int({ required: true, description: '1 to 366.' }),
    channels: t.stringList({ description: 'Codes; all that you may look at when not said.' }),
    limit: t.int({ description: 'Orders at most, the newest; default 100,000, at most 1,000,000.' }),
  }),
  run: async (ctx, input) => {
    const id = input.promotionId == null ? ok(null) : readId('promotion', input.promotionId, ['promotionId'])
    return id.ok ? requestSimulation(ctx, { ...input, promotionId: id.value }) : id
  },
  payload: (t) => ({ simulation: t.field(simulationField) }),
})

defineMutation('promotionSimulationCancel', {
  description: 'Stops a simulation; one that is over stays as it is.',
  access,
  input: (t) => ({ id: t.id({ required: true }) }),
  run: async (ctx, { id: publicId }) => {
    const id = readId('promotionSimulation', publicId, ['id'])
    return id.ok ? cancelSimulation(ctx, { id: id.value }) : id
  },
  payload: (t) => ({ simulation: t.field(simulationField) }),
})
