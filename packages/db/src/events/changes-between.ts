import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../canonical-json.ts'
import type { Changed } from './event.ts'

type Fields = Readonly<Record<string, Json | undefined>>

/** What of the fields named in `after` is another value than before; those left out there have not changed. */
export const changesBetween = (before: Fields, after: Fields): Changed =>
  Object.fromEntries(
    Object.entries(after).flatMap(([field, value = null]) => {
      const was = before[field] ?? null
      return isDeepStrictEqual(was, value) || after[field] === undefined
        ? []
        : [[field, [was, value] as const]]
    }),
  )
