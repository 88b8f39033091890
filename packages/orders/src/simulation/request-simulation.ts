import { appendEvents, type Context, type NewEvent, waitTurn, within } from '@hilo/db'
import {
  actorKey,
  COMMON,
  encodeId,
  newId,
  ok,
  type Reach,
  reachOf,
  type Result,
  type Uuid,
} from '@hilo/kernel'
import type { PromotionDefinition } from '@hilo/pricing'
import { checkDefinition, checkReferences, newestDefinition } from '@hilo/promotions'
import { ORDERS } from '../errors.ts'
import { simulationsOf } from './simulation-queries.ts'

const MAX_DAYS = 366
const MAX_ORDERS = 1_000_000
const DEFAULT_ORDERS = 100_000
/** Simulations of a shop that wait or run at once. */
const MAX_UNFINISHED = 10

/** A draft to be tried over the past. */
export interface SimulationRequest {
  /** Its newest version, published or not; or a definition. */
  readonly promotionId?: Uuid | null
  readonly definition?: unknown
  readonly days: number
  /** Codes of channels; all that the actor reaches when not said. */
  readonly channels?: readonly string[] | null
  /** Orders at most, and carts at most; default 100,000. */
  readonly limit?: number | null
}

/** Where a simulation is, as JSON for replays. */
export interface SimulationKey {
  readonly simulationId: Uuid
}

/** The event of a simulation, for who may read promotions everywhere. */
export const simulationEvent = (
  type: 'PromotionSimulationRequested.v1' | 'PromotionSimulationFinished.v1',
  { id, state }: { readonly id: Uuid; readonly state: string },
): NewEvent => ({
  aggregate: 'promotion_simulation',
  aggregateId: id,
  type,
  payload: { simulationId: id, state },
  permission: 'promotions:read',
})

/** How far somebody may look who reads both promotions and orders. */
export const simulationReach = ({ actor }: Pick<Context, 'actor'>): Reach => {
  const [promotions, orders] = [reachOf(actor, 'promotions:read'), reachOf(actor, 'orders:read')]
  if (promotions === 'all') return orders
  return orders === 'all' ? promotions : promotions.filter((id) => orders.includes(id))
}

const chooseChannels = async (
  ctx: Context,
  codes: readonly string[] | null | undefined,
): Promise<Result<Uuid[]>> => {
  const rows = await ctx.db
    .selectFrom('channel')
    .select(['id', 'code'])
    .where(within(simulationReach(ctx), 'channel.id'))
    .execute()
  const unknown = codes?.findIndex((code) => !rows.some((row) => row.code === code)) ?? -1
  if (unknown >= 0) {
    const path = ['channels', String(unknown)]
    return COMMON.refuse('NOT_FOUND', { kind: 'channel', id: codes![unknown]!.slice(0, 60) }, path)
  }
  const ids = rows.filter(({ code }) => codes?.includes(code) ?? true).map(({ id }) => id)
  return ids.length > 0 ? ok(ids) : COMMON.refuse('FORBIDDEN', { permission: 'orders:read' })
}

const chooseDefinition = async (
  ctx: Context,
  { promotionId, definition }: SimulationRequest,
): Promise<Result<PromotionDefinition>> => {
  if ((promotionId == null) === (definition == null)) {
    const reason = {
      en: 'Name either a promotion or a definition.',
      es: 'Indica una promoción o una definición, solo una de ellas.',
    }
    return ORDERS.refuse('SIMULATION_INVALID', { reason }, ['definition'])
  }
  if (promotionId != null) {
    const found = await newestDefinition(ctx, promotionId)
    if (found) return ok(found)
    const shown = { kind: 'promotion' as const, id: encodeId('promotion', promotionId) }
    return COMMON.refuse('NOT_FOUND', shown, ['promotionId'])
  }
  const compiled = checkDefinition(definition)
  if (!compiled.ok) return compiled
  const references = await checkReferences(ctx.db, compiled.value.definition)
  return references.ok ? ok(compiled.value.definition) : references
}

const checkNumber = (value: number, { max, field }: { max: number; field: string }): Result<null> =>
  Number.isInteger(value) && value >= 1 && value <= max
    ? ok(null)
    : ORDERS.refuse(
        'SIMULATION_INVALID',
        { reason: { en: `Choose from 1 to ${max}.`, es: `Elige de 1 a ${max}.` } },
        [field],
      )

/**
 * Asks what a draft would have done to the orders of the last days, and to the carts that are open: a worker reckons
 * them with and without it, and changes nothing. Refuses `SIMULATION_INVALID`, `SIMULATIONS_TOO_MANY`,
 * `PROMOTION_INVALID`, `NOT_FOUND`, `FORBIDDEN`.
 */
export const requestSimulation = async (
  ctx: Context,
  input: SimulationRequest,
): Promise<Result<SimulationKey>> => {
  const { days, limit } = input
  const maxOrders = limit ?? DEFAULT_ORDERS
  const period = checkNumber(days, { max: MAX_DAYS, field: 'days' })
  if (!period.ok) return period
  const size = checkNumber(maxOrders, { max: MAX_ORDERS, field: 'limit' })
  if (!size.ok) return size
  const definition = await chooseDefinition(ctx, input)
  if (!definition.ok) return definition
  const channels = await chooseChannels(ctx, input.channels)
  if (!channels.ok) return channels
  await waitTurn(ctx.db, 'promotion_simulation')
  if ((await simulationsOf.countUnfinished(ctx.db)) >= MAX_UNFINISHED)
    return ORDERS.refuse('SIMULATIONS_TOO_MANY', { max: MAX_UNFINISHED })
  const id = newId()
  const now = ctx.now()
  await ctx.db
    .insertInto('promotion_simulation')
    .values({
      id,
      promotion_id: input.promotionId ?? null,
      definition: JSON.stringify(definition.value),
      days,
      channel_ids: channels.value,
      max_orders: maxOrders,
      since: new Date(now.getTime() - days * 86_400_000),
      until: now,
      created_at: now,
      actor: actorKey(ctx.actor),
    })
    .execute()
  await appendEvents(ctx, [simulationEvent('PromotionSimulationRequested.v1', { id, state: 'QUEUED' })])
  return ok({ simulationId: id })
}

/** Stops a simulation that waits or runs; one that is over stays as it is. Refuses `NOT_FOUND`. */
export const cancelSimulation = async (
  ctx: Context,
  { id }: { readonly id: Uuid },
): Promise<Result<SimulationKey>> => {
  const [found] = await simulationsOf.byIds(ctx.db, simulationReach(ctx), [id])
  if (!found) {
    const shown = { kind: 'promotionSimulation' as const, id: encodeId('promotionSimulation', id) }
    return COMMON.refuse('NOT_FOUND', shown, ['id'])
  }
  const stopped = await ctx.db
    .updateTable('promotion_simulation')
    .set({ state: 'CANCELLED', finished_at: ctx.now() })
    .where('id', '=', id)
    .where('state', 'in', ['QUEUED', 'RUNNING'])
    .returning('state')
    .executeTakeFirst()
  if (stopped) {
    await appendEvents(ctx, [simulationEvent('PromotionSimulationFinished.v1', { id, state: 'CANCELLED' })])
  }
  return ok({ simulationId: id })
}
