import type { NewEvent } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'

/** The events that tell of products and their variants, options and pictures. */
export const CATALOG_EVENTS = [
  'ProductCreated.v1',
  'ProductUpdated.v1',
  'ProductPublicationChanged.v1',
  'VariantCreated.v1',
  'VariantUpdated.v1',
  'VariantDeleted.v1',
  'ProductDeleted.v1',
] as const

/** What every one of these events carries. */
export interface CatalogEventPayload {
  readonly productId: Uuid
  /** Where the product was sold before or is sold now: others need not hear of it. */
  readonly channelIds: readonly Uuid[]
  readonly variantId?: Uuid
  readonly sku?: string
}

interface Fact {
  readonly productId: Uuid
  readonly channelIds: readonly Uuid[]
  /** True when it was or is published: then everyone may hear that it changed. */
  readonly isPublic: boolean
}

const scopeOf = ({ isPublic }: Fact) => ({
  permission: 'catalog:write' as const,
  ...(isPublic && { scope: { public: true as const } }),
})

/** A product was created, changed or deleted, or something that belongs to it. */
export const productEvent = (
  type: 'ProductCreated.v1' | 'ProductUpdated.v1' | 'ProductDeleted.v1',
  fact: Fact,
): NewEvent => ({
  aggregate: 'product',
  aggregateId: fact.productId,
  type,
  payload: { productId: fact.productId, channelIds: [...fact.channelIds] },
  ...scopeOf(fact),
})

/** A product is published in channels, or no longer; or a publication there has begun or ended by the clock. */
export const publicationEvent = (fact: Fact): NewEvent => ({
  ...productEvent('ProductUpdated.v1', fact),
  type: 'ProductPublicationChanged.v1',
})

/** A variant was created, changed or deleted. */
export const variantEvent = (
  type: 'VariantCreated.v1' | 'VariantUpdated.v1' | 'VariantDeleted.v1',
  { variantId, sku, ...fact }: Fact & { readonly variantId: Uuid; readonly sku: string },
): NewEvent => ({
  aggregate: 'variant',
  aggregateId: variantId,
  type,
  payload: { productId: fact.productId, channelIds: [...fact.channelIds], variantId, sku },
  ...scopeOf(fact),
})

/** A category was created, renamed, moved, or deleted. */
export const categoryEvent = (
  type: 'CategoryCreated.v1' | 'CategoryUpdated.v1' | 'CategoryDeleted.v1',
  category: { readonly id: Uuid; readonly slug: string; readonly parentId: Uuid | null },
): NewEvent => ({
  aggregate: 'category',
  aggregateId: category.id,
  type,
  payload: { categoryId: category.id, slug: category.slug, parentId: category.parentId },
  scope: { public: true },
  permission: 'catalog:write',
})

/** An attribute, or a product type, was created, changed or deleted. */
export const definitionEvent = (
  type: `${'Attribute' | 'ProductType'}${'Created' | 'Updated' | 'Deleted'}.v1`,
  payload: { readonly code: string } & ({ readonly attributeId: Uuid } | { readonly productTypeId: Uuid }),
): NewEvent => ({
  aggregate: 'attributeId' in payload ? 'attribute' : 'productType',
  aggregateId: 'attributeId' in payload ? payload.attributeId : payload.productTypeId,
  type,
  payload,
  scope: { public: true },
  permission: 'catalog:write',
})
