import type { TaxClass } from '@hilo/channels'
import type { Localized, Uuid } from '@hilo/kernel'
import type { Seo } from './seo/seo.ts'

/** The life of a product: only published ones are sold. */
export const PRODUCT_STATUSES = ['DRAFT', 'PUBLISHED', 'ARCHIVED'] as const

/** The life of a product: only published ones are sold. */
export type ProductStatus = (typeof PRODUCT_STATUSES)[number]

/** What is sold, in one or more variants. */
export interface Product {
  readonly id: Uuid
  readonly slug: string
  readonly name: Localized
  readonly description: Localized
  readonly seo: Seo
  readonly taxClass: TaxClass
  readonly status: ProductStatus
  readonly productTypeId: Uuid | null
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** What has a SKU, prices and stock. */
export interface Variant {
  readonly id: Uuid
  readonly productId: Uuid
  readonly sku: string
  readonly name: Localized
  /** Its place among the variants of its product. */
  readonly position: number
  /** From then on nobody sees or buys it; carts and orders go on naming it. */
  readonly archivedAt: Date | null
  readonly version: number
}

/** A node of the category tree. */
export interface Category {
  readonly id: Uuid
  readonly slug: string
  readonly name: Localized
  readonly seo: Seo
  readonly parentId: Uuid | null
  readonly version: number
}

/** A picture of a product. */
export interface Image {
  readonly id: Uuid
  readonly productId: Uuid
  /** Of a picture elsewhere, or the path of the usual size of its asset. */
  readonly url: string
  readonly assetId: Uuid | null
  readonly alt: Localized
  readonly position: number
}

/** A way in which the variants of a product differ, such as its size. */
export interface Option {
  readonly id: Uuid
  readonly productId: Uuid
  readonly code: string
  readonly name: Localized
  readonly values: readonly OptionValue[]
}

/** One choice of an option, such as 250 g. */
export interface OptionValue {
  readonly id: Uuid
  readonly code: string
  readonly name: Localized
}
