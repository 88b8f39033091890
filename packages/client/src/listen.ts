import type { Call } from './connection.ts'
import type { Answer } from './request.ts'

/** How a connection listens. */
export interface Listening {
  readonly signal: AbortSignal
  /** Called when the API listens for us: what happens from now on comes. */
  readonly onOpen: () => void
}

/** Subscribes once: the answers until the connection ends, the API completes, or the signal aborts. Throws `ClientError`. */
export type Listen = (call: Call, listening: Listening) => AsyncIterable<Answer>
