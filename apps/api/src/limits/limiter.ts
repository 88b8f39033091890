import { networkBlock } from '@hilo/access'
import { actorKey, type Actor } from '@hilo/kernel'
import { createBuckets, type Balance } from './buckets.ts'
import { createCounter } from './counters.ts'
import type { Allowance, Limits } from './limits.ts'

/** Who has an allowance, and how large it is. */
export interface Asker {
  readonly name: string
  readonly allowance: Allowance
}

/** Milliseconds that only grow. */
export type Ticks = () => number

/** What was taken of which allowance. */
export interface Charge extends Balance {
  readonly allowance: Allowance
}

/** Keeps the limits of one process in memory. Whoever has no name, such as a guest inside the process, has no limit. */
export const createLimiter = (limits: Limits, now: Ticks) => {
  const buckets = createBuckets(limits.remembered, now)
  const failures = createBuckets(limits.remembered, now)
  return {
    limits,
    subscriptions: createCounter(),
    sockets: createCounter(),
    askerOf: (actor: Actor, address: string | undefined): Asker | undefined => {
      if (actor.kind === 'system') return undefined
      const allowance = limits.actors[actor.kind]
      if (actor.kind !== 'guest') return { name: actorKey(actor), allowance }
      return address === undefined ? undefined : { name: `guest ${networkBlock(address)}`, allowance }
    },
    /** Takes the points of an operation before it runs, or says how long to wait. */
    take: ({ name, allowance }: Asker, points: number): Charge => ({
      ...buckets.take(name, allowance, points),
      allowance,
    }),
    /** Takes the points of what happens anyway: an event of an open subscription. Gives the milliseconds to hold the next. */
    owe: ({ name, allowance }: Asker, points: number): number => buckets.owe(name, allowance, points).waitMs,
    /** Counts requests that fail before anybody knows who asks. */
    failed: (address: string): void =>
      void failures.owe(networkBlock(address), limits.failures, limits.failure),
    /** Milliseconds until requests of this address are looked at again; 0 while they are. */
    failureWait: (address: string): number => failures.take(networkBlock(address), limits.failures, 0).waitMs,
  }
}

/** The limits of one process, with what has been taken of them. */
export type Limiter = ReturnType<typeof createLimiter>
