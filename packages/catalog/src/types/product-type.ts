import type { Localized, Uuid } from '@hilo/kernel'

/** Whether the product says it once, or each of its variants for itself. */
export const ATTRIBUTE_LEVELS = ['PRODUCT', 'VARIANT'] as const

/** Whether the product says it once, or each of its variants for itself. */
export type AttributeLevel = (typeof ATTRIBUTE_LEVELS)[number]

/** What products of one kind have to say. */
export interface ProductType {
  readonly id: Uuid
  readonly code: string
  readonly name: Localized
  readonly version: number
}

/** An attribute in a product type. */
export interface TypeAttribute {
  readonly productTypeId: Uuid
  readonly attributeId: Uuid
  readonly level: AttributeLevel
  /** What is published must have a value. */
  readonly required: boolean
  readonly position: number
}
