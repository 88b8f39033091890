import { createHash } from 'node:crypto'

/** Any JSON value. Money and other bigints go in as strings or numbers. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }

const canonical = (value: unknown): unknown => {
  if (typeof value === 'bigint') return { $bigint: value.toString() }
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return { $date: value.toISOString() }
  if (ArrayBuffer.isView(value))
    return { $bytes: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex') }
  if (Array.isArray(value)) return value.map(canonical)
  if (value instanceof Map || value instanceof Set)
    throw new TypeError('A Map or a Set has no canonical JSON')
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, canonical(member)]),
  )
}

/** JSON text that is the same for the same value: keys sorted, bigint, dates and bytes tagged, undefined left out. */
export const canonicalJson = (value: unknown): string => JSON.stringify(canonical(value)) ?? 'null'

/** SHA-256 of a value's canonical JSON. */
export const canonicalHash = (value: unknown): Buffer =>
  createHash('sha256').update(canonicalJson(value)).digest()
