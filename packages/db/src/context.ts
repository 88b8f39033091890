import type { FullExecutor } from './executor.ts'
import type { Actor, Channel, Clock, Reader } from '@hilo/kernel'

/** Who asks, from where and when: made by the API for a request, by the worker for a job, by tests. */
export interface Context extends Reader {
  /** The pool, or inside `command()` the transaction. */
  readonly db: FullExecutor
  readonly actor: Actor
  readonly channel: Channel
  readonly now: Clock
  readonly correlationId: string
  /** Where the request came from, for throttling, lists of sessions and the audit; absent inside the process. */
  readonly client?: { readonly address?: string; readonly userAgent?: string }
  /** SHA-256 of the token that a guest proves a cart or an order with. */
  readonly cartTokenHash?: Uint8Array
}
