const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** How long to wait after each failed attempt, in milliseconds, as the Standard Webhooks specification proposes. */
export const RETRY_AFTER: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
]

/** An endpoint to which nothing arrived for so long is switched off: three days. */
export const FAILING_FOR = 72 * HOUR

/** How much later at most than the schedule says, so that those who failed together do not come back together. */
const JITTER = 0.2

const LONGEST_WAIT = 24 * HOUR

interface Failure {
  /** Attempts made so far, this one counted. */
  readonly attempts: number
  /** Seconds the receiver asks to wait, by `Retry-After`. */
  readonly retryAfter?: number | undefined
  /** 0 to 1. */
  readonly random: number
}

/** When to try again after a failure, or nothing when it was the last attempt. */
export const nextAttempt = (now: Date, { attempts, retryAfter = 0, random }: Failure): Date | undefined => {
  const wait = RETRY_AFTER[attempts - 1]
  if (wait === undefined) return undefined
  const asked = Math.min(retryAfter * SECOND, LONGEST_WAIT)
  return new Date(now.getTime() + Math.max(asked, Math.round(wait * (1 + JITTER * random))))
}
