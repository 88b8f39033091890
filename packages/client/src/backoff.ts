/** How long to wait between attempts. All of it is an argument, so that tests need not wait. */
export interface Backoff {
  /** Upper bound of the first wait, in milliseconds; doubles with each failure. */
  readonly baseMs: number
  /** Upper bound of every wait, in milliseconds. */
  readonly maxMs: number
  /** A number in [0, 1): full jitter, so that many clients do not return at the same moment. */
  readonly random: () => number
}

/** Waits of at most 0.25 s, 0.5 s, 1 s … 30 s. */
export const defaultBackoff: Backoff = { baseMs: 250, maxMs: 30_000, random: Math.random }

/** The wait before the next attempt after `failures` failures in a row, in milliseconds. */
export const delayAfter = (failures: number, { baseMs, maxMs, random }: Backoff): number =>
  Math.round(random() * Math.min(maxMs, baseMs * 2 ** Math.max(0, failures - 1)))

/** Resolves after `ms`, or at once when the signal aborts. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done)
  })
