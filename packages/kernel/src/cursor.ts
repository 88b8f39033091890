/** The sort key of a row as JSON values: what a keyset page continues after. */
export type CursorKey = readonly (string | number | boolean | null)[]

const LIMIT = 1_024

/** An opaque cursor for a sort key. */
export const encodeCursor = (key: CursorKey): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(key))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

/** The sort key of a cursor, or `undefined` when it is not a cursor of `width` values: a bad cursor is a refusal. */
export const decodeCursor = (cursor: string, width: number): CursorKey | undefined => {
  if (cursor.length > LIMIT) return undefined
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    )
    const key: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    const isKey =
      Array.isArray(key) &&
      key.length === width &&
      key.every((part) => part === null || ['string', 'number', 'boolean'].includes(typeof part))
    return isKey ? (key as CursorKey) : undefined
  } catch {
    return undefined
  }
}
