import {
  appendEvents,
  command,
  type Context,
  type EventFeed,
  workWhenTold,
  type FullExecutor,
} from '@hilo/db'
import { type Clock, encodeId, ok, type Uuid } from '@hilo/kernel'
import { systemContext } from '@hilo/promotions'
import { sql } from 'kysely'
import { simulationEvent } from './request-simulation.ts'
import { failureOf, type SimulationFailure } from './failure.ts'
import { runTrial, type Trial } from './run-simulation.ts'
import type { SimulationResult, SimulationState } from './simulation.ts'

/** What simulations need to run. */
export interface SimulationWork {
  readonly db: FullExecutor
  readonly feed: EventFeed
  readonly clock: Clock
  readonly logger: { readonly error: (facts: object, message: string) => void }
  readonly signal: AbortSignal
}

/** How long one that says nothing is still somebody's: then its process is dead, and another begins it anew. */
const LEASE_MS = 60_000

type Claimed = Trial['simulation'] & { readonly id: Uuid }

/** Takes the oldest simulation that nobody runs. */
const claimNext = async ({ db, now }: Context): Promise<Claimed | undefined> => {
  const until = new Date(now().getTime() + LEASE_MS)
  const { rows } = await sql<Claimed>`
    update promotion_simulation set state = 'RUNNING', claimed_until = ${until}::timestamptz, done = 0
    where id = (
      select id from promotion_simulation
      where state = 'QUEUED' or (state = 'RUNNING' and claimed_until < ${now()}::timestamptz)
      order by created_at, id limit 1 for update skip locked
    )
    returning id, promotion_id as "promotionId", definition, channel_ids as "channelIds", since, until,
      max_orders as "maxOrders"`.execute(db)
  return rows[0]
}

const noteProgress =
  ({ db, now }: Context, id: Uuid, signal: AbortSignal): Trial['progress'] =>
  async (done, total) => {
    const row = await db
      .updateTable('promotion_simulation')
      .set({ done, total, claimed_until: new Date(now().getTime() + LEASE_MS) })
      .where('id', '=', id)
      .where('state', '=', 'RUNNING')
      .returning('id')
      .executeTakeFirst()
    return row !== undefined && !signal.aborted
  }

interface Outcome {
  readonly state: SimulationState
  readonly result?: SimulationResult | null
  readonly failure?: SimulationFailure | null
}

const finish = async (
  ctx: Context,
  id: Uuid,
  { state, result = null, failure = null }: Outcome,
): Promise<void> => {
  await command(ctx, { operation: 'finishSimulation', input: null }, async (inner) => {
    const row = await inner.db
      .updateTable('promotion_simulation')
      .set({ state, failure, result: result && JSON.stringify(result), finished_at: inner.now() })
      .where('id', '=', id)
      .where('state', '=', 'RUNNING')
      .returning('id')
      .executeTakeFirst()
    if (row) await appendEvents(inner, [simulationEvent('PromotionSimulationFinished.v1', { id, state })])
    return ok(null)
  })
}

/** Runs the oldest simulation that waits; false when there is none. One that fails is FAILED, and others go on. */
export const runNextSimulation = async (
  ctx: Context,
  { signal, onError }: { readonly signal: AbortSignal; readonly onError: (error: unknown, id: Uuid) => void },
): Promise<boolean> => {
  const simulation = await claimNext(ctx)
  if (!simulation) return false
  const { id } = simulation
  try {
    const result = await runTrial(ctx, { simulation, progress: noteProgress(ctx, id, signal) })
    if (result) await finish(ctx, id, { state: 'DONE', result })
  } catch (error) {
    onError(error, id)
    await finish(ctx, id, { state: 'FAILED', failure: failureOf(error) })
  }
  return true
}

/** Runs simulations one after the other in this process; any number of processes may. */
export const startSimulations = ({ db, feed, clock, logger, signal }: SimulationWork): Promise<void> => {
  const onError = (error: unknown, id?: Uuid): void =>
    logger.error({ err: error, simulation: id && encodeId('promotionSimulation', id) }, 'a simulation failed')
  return workWhenTold({
    feed,
    types: ['PromotionSimulationRequested.v1'],
    work: async () => {
      const ctx = await systemContext(db, clock)
      return ctx !== undefined && runNextSimulation(ctx, { signal, onError })
    },
    signal,
    onError: (error) => onError(error),
  })
}
