/**
 * What the network and Postgres say when there is no connection (classes 08 and 57P), when something is used up, such as
 * the disk (class 53), or when the server cannot write for now (25006, 58030).
 */
const OUT_OF_REACH =
  /^(?:08\w{3}|57P0[1-5]|53\w{3}|25006|58030|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|ENOENT)$/

/** A statement took too long or lost against others: 57014, 25P03, 40001, 40P01, 55P03. */
const LOST = /^(?:57014|25P03|40001|40P01|55P03)$/

/** pg says these in words only. */
const IN_WORDS =
  /^(?:timeout exceeded when trying to connect|timeout expired|Connection terminated|Cannot use a pool after calling end|Client (?:was closed|has encountered a connection error))/

const says = (error: unknown, isIt: (error: Error, code: string) => boolean): boolean => {
  if (error instanceof AggregateError) return error.errors.some((each) => says(each, isIt))
  if (!(error instanceof Error)) return false
  const { code } = error as { readonly code?: unknown }
  return isIt(error, typeof code === 'string' ? code : '') || says(error.cause, isIt)
}

/** True when the database could not be reached, or can do nothing for anybody now: whatever was asked is not to blame. */
export const isOutOfReach = (error: unknown): boolean =>
  says(error, ({ message }, code) => OUT_OF_REACH.test(code) || IN_WORDS.test(message))

/** True when the same request may succeed later: the database is out of reach, or had no time for this one. */
export const isUnavailable = (error: unknown): boolean =>
  isOutOfReach(error) || says(error, (_, code) => LOST.test(code))
