import type { KeyObject } from 'node:crypto'
import type { Context, EventFeed } from '@hilo/db'
import type { Result, Uuid } from '@hilo/kernel'

/** What calling other systems takes: the key that opens their secrets, and where the shop may call. */
export interface Outbound {
  readonly secretKey: KeyObject
  readonly policy: {
    /** True when this address may be called. */
    readonly allows: (address: string) => boolean
    /** True when it may be called only because it was allowed by name: then plain http will do. */
    readonly allowsPrivate: (address: string) => boolean
  }
  /** Every address of a host; the resolver of the system when not said. */
  readonly resolve?: (host: string) => Promise<readonly string[]>
}

/** What quoting prices takes. */
export interface Quoting {
  /** HMAC keys: the first signs, and each of them is accepted. */
  readonly keys: readonly [KeyObject, ...KeyObject[]]
  /** For how long a quoted price holds, in milliseconds. */
  readonly lifetimeMs: number
}

/** What letting assets in and telling where they are takes. */
export interface AssetDoor {
  /** Signs the addresses that end soon. */
  readonly key: KeyObject
  /** In front of the paths of public assets, such as a CDN before the shop's own server; empty for the server itself. */
  readonly publicUrl: string
  /** Most bytes of a picture, and of any other file. */
  readonly maxImageBytes: number
  readonly maxFileBytes: number
  /**
   * Fetches a file from the public internet and takes it in; outside of any transaction, since it may take a minute.
   * Absent when the shop may call nobody.
   */
  readonly importFrom?: (
    ctx: Context,
    file: { readonly url: string; readonly fileName: string; readonly visibility: 'PUBLIC' | 'PRIVATE' },
  ) => Promise<Result<{ readonly assetId: Uuid; readonly isNew: boolean }>>
}

/** What every resolver gets: who asks, from where, the database, and the feed of events for subscriptions. */
export interface RequestContext extends Context {
  readonly feed: EventFeed
  /** Absent when the shop has no key: then it calls nobody. */
  readonly outbound?: Outbound | undefined
  /** Absent when the shop has no key for it: then it quotes no prices. */
  readonly quoting?: Quoting | undefined
  /** That links to bought files are signed with. Absent when the shop has no key for it: then it gives no links. */
  readonly downloadKey?: KeyObject | undefined
  /** Absent when the shop has no key: then nothing is uploaded, and public assets are told by their paths. */
  readonly assets?: AssetDoor | undefined
}
