import type { Config } from '../config.ts'
import { urlOf } from '../start/ports.ts'
import { UserFacingError } from '../user-facing-error.ts'
import { say } from './with-database.ts'

/** Longest that a process may take to answer, shorter than who asks will wait. */
const WITHIN_MS = 4_000

/** `hilo health`: asks the process with these settings whether it is ready; fails when it is not. */
export const checkHealth = async ({ host, port }: Config): Promise<void> => {
  const url = `${urlOf(host || '127.0.0.1', port)}/ready`
  const response = await fetch(url, { signal: AbortSignal.timeout(WITHIN_MS) }).catch((error: unknown) => {
    throw new UserFacingError(`${url} does not answer: ${String(error)}`)
  })
  const answer = await response.text()
  if (!response.ok) throw new UserFacingError(`${url} answered ${response.status}: ${answer}`)
  say(answer)
}
