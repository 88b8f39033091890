import type { Result } from '@hilo/kernel'
import { UserFacingError } from '../user-facing-error.ts'

/** The value of a use case, or its refusal as a sentence for the terminal. */
export const granted = <T>(result: Result<T>): T => {
  if (result.ok) return result.value
  const { code, data } = result.error
  const facts = Object.entries(data).map(([name, value]) => `${name} ${String(value)}`)
  throw new UserFacingError(`Refused: ${[code, ...facts].join(', ')}. docs/errors.md says what to do.`)
}
