import type { RequestListener } from 'node:http'
import type { Api, ApiDependencies } from '@hilo/api'
import type { Database, EventFeed } from '@hilo/db'
import type { BenchShop } from './shop/build-shop.ts'

/** What one measurement found, by name; milliseconds, microseconds, bytes and counts as the name says. */
export type Figures = Readonly<Record<string, number>>

/** What a scenario's set-up hands to its servers and its load: JSON. */
export type Facts = Readonly<Record<string, unknown>>

/** What a rung's server stands on; each rung has a process of its own. */
export interface ServerEnv {
  readonly database: Database
  readonly feed: EventFeed
  readonly shop: BenchShop
  readonly facts: Facts
  /** Size of the answer that this rung is compared with; only the bare rung looks at it. */
  readonly bytes: number
  /** Our API on this database, quiet. */
  readonly api: (options?: Partial<ApiDependencies>) => Api
}

/** A server that is put under load. */
export interface ServedRung {
  readonly label: string
  readonly serve: (env: ServerEnv) => RequestListener | Promise<RequestListener>
}

/** What a rung that measures by itself stands on; it runs in the bench's own process. */
export interface MeasureEnv {
  readonly url: string
  readonly database: Database
  readonly shop: BenchShop
  readonly facts: Facts
  readonly isQuick: boolean
}

/** A rung that measures something else than requests per second; one that serves too starts its own server. */
export interface MeasuredRung extends Partial<Pick<ServedRung, 'serve'>> {
  readonly label: string
  readonly measure: (env: MeasureEnv) => Promise<Figures>
}

/** One request of the load. */
export interface BenchRequest {
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

/** Something a figure must reach. */
export interface Goal {
  readonly text: string
  readonly value: string
  readonly met: boolean
  /** Why it is missed, when it is known; stands in the results. */
  readonly cause?: string
}

/** One thing that is measured, on a ladder of rungs: from what the machine can do to what we do. */
export interface Scenario {
  readonly name: string
  readonly title: string
  /** Rungs by name; `ours` is the one whose size `bare` takes. */
  readonly rungs: Readonly<Record<string, ServedRung | MeasuredRung>>
  /** Runs once before the rungs, in the bench's own process. */
  readonly setup?: (env: Omit<MeasureEnv, 'facts'>) => Promise<Facts>
  /** The request of the load, a POST to `/graphql`; needed when a rung is put under load. */
  readonly request?: (facts: Facts) => BenchRequest
  /** The figure that is compared and whose spread is shown. Default `perSecond`. */
  readonly figure?: string
  /** What must hold, from the medians by rung. */
  readonly goals: (medians: Readonly<Record<string, Figures>>) => readonly Goal[]
}

/** A goal of the kind "at least this share of that rung". */
export const atLeast = (
  text: string,
  { ours, of, share, cause }: { ours?: number; of?: number; share: number; cause?: string },
): Goal => {
  const reached = (ours ?? 0) / (of ?? Infinity)
  return {
    text,
    value: reached >= 10 ? reached.toFixed(0) : reached.toFixed(2),
    met: reached >= share,
    ...(cause ? { cause } : {}),
  }
}

/** A goal of the kind "at most this many". */
export const atMost = (
  text: string,
  { value = Infinity, limit, cause }: { value?: number; limit: number; cause?: string },
): Goal => ({ text, value: value.toFixed(2), met: value <= limit, ...(cause ? { cause } : {}) })
