import { ok, type Result } from '@hilo/kernel'
import { ACCESS } from './errors.ts'

const LONGEST = 100

/** True for text without control characters and half surrogate pairs, which no name or code of ours has and Postgres partly refuses. */
export const isPrintable = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text)

/** A name of a person or a thing as its owner typed it, trimmed; `NAME_INVALID` when empty, long or not printable. */
export const readName = (text: string, path: readonly string[] = ['name']): Result<string> => {
  const name = text.trim().normalize('NFC')
  return name.length > 0 && name.length <= LONGEST && isPrintable(name)
    ? ok(name)
    : ACCESS.refuse('NAME_INVALID', { max: LONGEST }, path)
}
