import type { Localized, Uuid } from '@hilo/kernel'

/** What an asset can be: `IMAGE` is told in many sizes, `VIDEO` plays, `FILE` is downloaded. */
export const ASSET_KINDS = ['IMAGE', 'VIDEO', 'FILE'] as const
export type AssetKind = (typeof ASSET_KINDS)[number]

/** Who gets the bytes: everybody who knows the address, or whoever holds one that is signed and ends soon. */
export const VISIBILITIES = ['PUBLIC', 'PRIVATE'] as const
export type Visibility = (typeof VISIBILITIES)[number]

/** The point of a picture that a crop keeps, in percent from the left and from the top. */
export interface FocalPoint {
  readonly x: number
  readonly y: number
}

/** What the bytes of an asset are, read out of them. */
export interface Content {
  readonly kind: AssetKind
  readonly mediaType: string
  readonly bytes: number
  /** Of a picture as it is seen, turned upright; null for anything else. */
  readonly width: number | null
  readonly height: number | null
  /** ThumbHash of a picture, in base64. */
  readonly placeholder: string | null
}

/** A picture, film or file of the shop. */
export interface Asset extends Content {
  readonly id: Uuid
  readonly visibility: Visibility
  readonly fileName: string
  readonly alt: Localized
  readonly focal: FocalPoint
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** Where the bytes of an asset are in the storage; everything made of it stands below. */
export const prefixOf = (id: Uuid): string => `${id.slice(-2)}/${id}/`

/** Where the bytes are as they were uploaded. */
export const originalKey = (id: Uuid): string => `${prefixOf(id)}original`
