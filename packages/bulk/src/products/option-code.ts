import { slugify } from '@hilo/catalog/bulk'

/** A code that the same text always gets, also one that no letter of can stand in an address. */
export const optionCode = (text: string): string =>
  slugify(text) || `x${[...Buffer.from(text).subarray(0, 40)].map((byte) => byte.toString(16)).join('')}`
