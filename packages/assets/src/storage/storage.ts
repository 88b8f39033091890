import type { Readable } from 'node:stream'

/** What is to be stored: a file on this disk, which may be taken away from there, or bytes in memory. */
export type Source =
  | { readonly path: string; readonly bytes: number; readonly sha256: Buffer }
  | { readonly body: Uint8Array<ArrayBuffer> }

/** A part of what is stored: both ends are in it, counted from 0. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** What was stored, or the part of it that was asked for. */
export interface Stored {
  /** How many bytes the stream gives. */
  readonly bytes: number
  readonly stream: Readable
}

/**
 * Where the bytes of assets are. Keys are made by `prefixOf`, `originalKey` and `renditionKey` alone. What `put` has
 * resolved for outlives a crash, and is seen whole or not at all.
 */
export interface Storage {
  readonly put: (key: string, source: Source, mediaType: string) => Promise<void>
  readonly read: (key: string, span?: Span) => Promise<Stored | undefined>
  /** How many bytes it has; undefined when it is not there. */
  readonly size: (key: string) => Promise<number | undefined>
  /** Takes away everything whose key begins so. */
  readonly remove: (prefix: string) => Promise<void>
}

/** What a key looks like: nothing in it leads out of the storage. */
const KEY = /^[0-9a-z]{2}\/[0-9a-z-]{36}\/(?:[0-9a-z][0-9a-z.-]*\/?)*$/

/** The key as it was given; throws for one that we never made. */
export const soundKey = (key: string): string => {
  if (!KEY.test(key) || key.includes('..')) throw new Error(`${JSON.stringify(key)} is no key of the storage`)
  return key
}
