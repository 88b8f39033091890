import { ok, type Result } from '@hilo/kernel'
import { ACCESS } from './errors.ts'

const LONGEST = 254
const SHAPE = /^[^\s@"(),:;<>[\\\]\p{Cc}]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/u

/** An e-mail address in the one form we store (trimmed, NFC, lower case), or `EMAIL_INVALID`. */
export const readEmail = (text: string, path: readonly string[] = ['email']): Result<string> => {
  const email = text.trim().normalize('NFC').toLowerCase()
  return email.length <= LONGEST && SHAPE.test(email)
    ? ok(email)
    : ACCESS.refuse('EMAIL_INVALID', { email: text.slice(0, 60) }, path)
}
