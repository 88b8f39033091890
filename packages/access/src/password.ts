import { hash, verify } from '@node-rs/argon2'
import { ok, type Result } from '@hilo/kernel'
import { ACCESS } from './errors.ts'

/** How dear one argon2id hash is: memory in KiB, passes, lanes. */
export interface PasswordCost {
  readonly memoryCost: number
  readonly timeCost: number
  readonly parallelism: number
}

/** OWASP's recommendation for argon2id (19 MiB, 2 passes): about 20 ms of one core. */
export const PASSWORD_COST: PasswordCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

const MIN_LENGTH = 10

/** Long enough for any passphrase, short enough that hashing it is no attack. */
const MAX_LENGTH = 200

// The same characters typed on different keyboards must be the same password (NIST SP 800-63B §3.1.1.2).
const normalized = (password: string): string => password.normalize('NFKC')

/** The password, normalised, when its length is right; else `PASSWORD_LENGTH_INVALID`. */
export const readPassword = (password: string, path: readonly string[] = ['password']): Result<string> => {
  const text = normalized(password)
  const length = Array.from(text).length
  return length >= MIN_LENGTH && length <= MAX_LENGTH
    ? ok(text)
    : ACCESS.refuse('PASSWORD_LENGTH_INVALID', { min: MIN_LENGTH, max: MAX_LENGTH }, path)
}

/** The argon2id hash of a password, with its salt and cost inside. */
export const hashPassword = (password: string, cost: PasswordCost = PASSWORD_COST): Promise<string> =>
  hash(normalized(password), cost)

/**
 * True when the password is the one that was hashed. Without a stored hash it does the same work and answers false, so
 * that the time taken does not tell who has an account.
 */
export const verifyPassword = async (
  stored: string | null | undefined,
  password: string,
  cost: PasswordCost = PASSWORD_COST,
): Promise<boolean> => {
  const text = normalized(password).slice(0, MAX_LENGTH * 2)
  if (stored) return verify(stored, text)
  await hash(text, cost)
  return false
}
