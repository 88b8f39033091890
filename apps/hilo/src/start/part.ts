import type { Handler, UpgradeHandler } from './http.ts'

/** What a role brings to the HTTP server of its process; paths are the first part, such as `/graphql`. */
export interface Part {
  readonly handlers?: Readonly<Record<string, Handler>>
  readonly upgrades?: Readonly<Record<string, UpgradeHandler>>
  readonly redirects?: Readonly<Record<string, string>>
  /** Why it cannot do its work now, in words; undefined while it can. */
  readonly problem?: () => Promise<string | undefined>
  readonly close?: () => Promise<void> | void
}
