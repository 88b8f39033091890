import { m } from '#lib/paraglide/messages.js'
import type { AssetKind } from './asset.ts'

/** What a kind of asset is called. */
export const kindName = (kind: AssetKind): string =>
  ({ IMAGE: m.media_image, VIDEO: m.media_video, FILE: m.media_file })[kind]()

/** The kinds of asset, in the order of filters. */
export const KINDS = ['IMAGE', 'VIDEO', 'FILE'] as const

/** True for a kind, as it stands in an address. */
export const isKind = (kind: string | null): kind is AssetKind =>
  (KINDS as readonly (string | null)[]).includes(kind)
