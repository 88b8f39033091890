import type { Uuid } from '@hilo/kernel'
import type { PromotionDefinition } from '@hilo/pricing'
import type { SimulationFailure } from './failure.ts'

/** What becomes of a simulation. */
export const SIMULATION_STATES = ['QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED'] as const

/** What becomes of a simulation. */
export type SimulationState = (typeof SIMULATION_STATES)[number]

/** Sums of minor units, as text so that they stay exact in JSON. */
export interface Compared {
  readonly before: string
  readonly after: string
}

/** What a draft would have done to the orders, or to the open carts, of one currency. */
export interface SimulatedSums {
  readonly currency: string
  readonly count: number
  /** Those whose total, gifts or points would be others. */
  readonly touched: number
  /** Orders whose total comes out as it was when it is reckoned again without the draft; the rest had other taxes then. */
  readonly exact: number
  readonly revenue: Compared
  /** What all promotions take off. */
  readonly discount: Compared
  /** Net of goods − their cost, over the lines whose cost is known. */
  readonly margin: Compared
  readonly points: { readonly before: number; readonly after: number }
  readonly lines: number
  readonly linesWithCost: number
}

/** One day in UTC. */
export interface SimulatedDay {
  readonly day: string
  readonly currency: string
  readonly touched: number
  readonly revenue: Compared
}

/** An order that would have changed most. */
export interface AffectedOrder {
  readonly orderId: Uuid
  readonly number: string
  readonly currency: string
  readonly total: Compared
}

/** What came of a simulation. */
export interface SimulationResult {
  readonly orders: readonly SimulatedSums[]
  readonly carts: readonly SimulatedSums[]
  readonly days: readonly SimulatedDay[]
  /** The ten that change most, for each currency. */
  readonly mostAffected: readonly AffectedOrder[]
}

/** A draft over the carts and orders of some days. */
export interface Simulation {
  readonly id: Uuid
  readonly promotionId: Uuid | null
  readonly definition: PromotionDefinition
  readonly days: number
  readonly channelIds: readonly Uuid[]
  readonly maxOrders: number
  readonly state: SimulationState
  readonly since: Date
  readonly until: Date
  /** Orders looked at so far. */
  readonly done: number
  readonly total: number | null
  readonly result: SimulationResult | null
  /** Of one that failed; null when it did so before reasons were kept. */
  readonly failure: SimulationFailure | null
  readonly createdAt: Date
  readonly finishedAt: Date | null
}
