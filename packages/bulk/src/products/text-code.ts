import { createHash } from 'node:crypto'
import { slugOfName } from '@hilo/catalog/bulk'

/** A code in Latin letters that the same text always gets, also one that no letter of can stand in an address. */
export const textCode = (text: string): string =>
  slugOfName(
    { en: text },
    `x${[...Buffer.from(text).subarray(0, 40)].map((byte) => byte.toString(16)).join('')}`,
  )

/** Eight letters and digits that tell a text from others. */
export const textMark = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8)
