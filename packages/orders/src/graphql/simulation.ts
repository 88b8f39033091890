import { builder, connectionType, defineNode, keysetConnection, MoneyType, pageArgs } from '@hilo/graphql'
import { encodeId, money, reachOf } from '@hilo/kernel'
import { SIMULATION_FAILURES } from '../simulation/failure.ts'
import { simulationReach } from '../simulation/request-simulation.ts'
import type {
  AffectedOrder,
  Compared,
  SimulatedDay,
  SimulatedSums,
  Simulation,
} from '../simulation/simulation.ts'
import { SIMULATION_STATES } from '../simulation/simulation.ts'
import { simulationsOf } from '../simulation/simulation-queries.ts'

export const simulation = defineNode('PromotionSimulation', (ctx, ids) =>
  simulationsOf.byIds(ctx.db, simulationReach(ctx), ids),
)

const StateEnum = builder.enumType('PromotionSimulationState', {
  description: 'QUEUED and RUNNING go on in the background; the others are final.',
  values: SIMULATION_STATES,
})

const ComparedType = builder
  .objectRef<Compared & { readonly currency: string }>('SimulatedAmount')
  .implement({
    description: 'An amount without and with the draft.',
    fields: (t) => ({
      before: t.field({
        type: MoneyType,
        resolve: ({ before, currency }) => money(BigInt(before), currency),
      }),
      after: t.field({ type: MoneyType, resolve: ({ after, currency }) => money(BigInt(after), currency) }),
    }),
  })

const SumsType = builder.objectRef<SimulatedSums>('SimulatedSums').implement({
  description: 'What a draft would have done to the orders, or the open carts, of one currency.',
  fields: (t) => ({
    currency: t.field({ type: 'CurrencyCode', resolve: ({ currency }) => currency as never }),
    count: t.exposeInt('count'),
    touched: t.exposeInt('touched', { description: 'Those that would come out otherwise.' }),
    exact: t.exposeInt('exact', {
      description: 'Orders whose total comes out again without the draft as it was; of carts none.',
    }),
    revenue: t.field({ type: ComparedType, resolve: ({ revenue, currency }) => ({ ...revenue, currency }) }),
    discount: t.field({
      type: ComparedType,
      description: 'What all promotions take off.',
      resolve: ({ discount, currency }) => ({ ...discount, currency }),
    }),
    margin: t.field({
      type: ComparedType,
      nullable: true,
      description:
        'Goods without tax less their cost, over the lines whose cost is known. It tells costs: null for who does not read the prices of all channels.',
      resolve: ({ margin, currency }, _args, { actor }) =>
        reachOf(actor, 'prices:read') === 'all' ? { ...margin, currency } : null,
    }),
    pointsBefore: t.int({ resolve: ({ points }) => points.before }),
    pointsAfter: t.int({ resolve: ({ points }) => points.after }),
    lines: t.exposeInt('lines'),
    linesWithCost: t.exposeInt('linesWithCost'),
  }),
})

const DayType = builder.objectRef<SimulatedDay>('SimulatedDay').implement({
  description: 'The orders of one day, in UTC.',
  fields: (t) => ({
    day: t.exposeString('day', { description: 'YYYY-MM-DD.' }),
    touched: t.exposeInt('touched'),
    revenue: t.field({ type: ComparedType, resolve: ({ revenue, currency }) => ({ ...revenue, currency }) }),
  }),
})

const AffectedType = builder.objectRef<AffectedOrder>('SimulatedOrder').implement({
  description: 'An order that would have changed most.',
  fields: (t) => ({
    orderId: t.id({ resolve: ({ orderId }) => encodeId('order', orderId) }),
    number: t.exposeString('number'),
    total: t.field({ type: ComparedType, resolve: ({ total, currency }) => ({ ...total, currency }) }),
  }),
})

const listOf =
  <Row>(choose: (result: NonNullable<Simulation['result']>) => readonly Row[]) =>
  ({ result }: Simulation): Row[] =>
    result ? [...choose(result)] : []

builder.node(simulation.ref, {
  ...simulation.options,
  description:
    'A draft over the carts and orders of the last days, as if it had held all the time for everybody who fits it: without its dates, its code or its offer. Nothing is changed by it.',
  fields: (t) => ({
    promotionId: t.id({
      nullable: true,
      resolve: ({ promotionId }) => promotionId && encodeId('promotion', promotionId),
    }),
    definition: t.field({ type: 'JSON', resolve: ({ definition }) => definition }),
    state: t.field({ type: StateEnum, resolve: ({ state }) => state }),
    failure: t.string({
      nullable: true,
      description: 'Why it failed, for people.',
      resolve: ({ failure }, _args, { locale }) => failure && SIMULATION_FAILURES[failure][locale],
    }),
    days: t.exposeInt('days'),
    since: t.field({ type: 'DateTime', resolve: ({ since }) => since }),
    until: t.field({ type: 'DateTime', resolve: ({ until }) => until }),
    done: t.exposeInt('done', { description: 'Orders looked at so far.' }),
    total: t.exposeInt('total', { nullable: true, description: 'Orders to look at; null until it runs.' }),
    orders: t.field({
      type: [SumsType],
      description: 'By currency, when it is done.',
      resolve: listOf(({ orders }) => orders),
    }),
    carts: t.field({
      type: [SumsType],
      description: 'Carts that are open now, by currency; at most 5,000.',
      resolve: listOf(({ carts }) => carts),
    }),
    perDay: t.field({ type: [DayType], resolve: listOf(({ days }) => days) }),
    mostAffected: t.field({
      type: [AffectedType],
      description: 'The ten orders of each currency that would change most.',
      resolve: listOf(({ mostAffected }) => mostAffected),
    }),
    createdAt: t.field({ type: 'DateTime', resolve: ({ createdAt }) => createdAt }),
    finishedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ finishedAt }) => finishedAt }),
  }),
})

const SimulationConnection = connectionType(simulation.ref, 'PromotionSimulation')

builder.queryField('promotionSimulations', (t) =>
  t.field({
    type: SimulationConnection,
    description: 'Simulations over channels whose promotions and orders you may read, the newest first.',
    authScopes: { permission: 'promotions:read' },
    args: pageArgs(t.arg),
    resolve: (_root, args, ctx) =>
      keysetConnection(ctx, {
        args,
        width: 2,
        rows: (page) => simulationsOf.page(ctx.db, simulationReach(ctx), page),
        keyOf: ({ createdAt, id }) => [createdAt.toISOString(), id],
        count: () => simulationsOf.count(ctx.db, simulationReach(ctx)),
      }),
  }),
)
