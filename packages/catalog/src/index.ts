export { addImage, type NewImage } from './add-image.ts'
export type { CollectionEventPayload, CollectionProductsPayload } from './collections/collection-events.ts'
export { type CollectionSeed, insertCollections } from './collections/insert-collections.ts'
export { createOption, type NewOption } from './create-option.ts'
export { createProduct, type NewProduct } from './create-product.ts'
export { createVariant, type NewVariant } from './create-variant.ts'
export type { AttributeInput } from './attributes/read-value.ts'
export { createAttribute, type NewAttribute } from './attributes/save-attribute.ts'
export { CATALOG_REFUSALS } from './errors.ts'
export { CATALOG_EVENTS, type CatalogEventPayload } from './events.ts'
export { imagesOfProducts } from './image-queries.ts'
export {
  type CategorySeed,
  insertCategories,
  type InsertedProduct,
  insertProducts,
  type ProductSeed,
  type VariantSeed,
} from './insert-products.ts'
export type { Category, Image, Product, ProductStatus, Variant } from './product.ts'
export { type ListedProduct, type ProductPage, productPage } from './product-list.ts'
export { productsHeld } from './product-queries.ts'
export { type CategoryChange, createCategory, type NewCategory, updateCategory } from './save-category.ts'
export { nextPublicationBoundary } from './publication/publication-queries.ts'
export { startCatalogClock } from './publication/start-catalog-clock.ts'
export { checkCount, checkLocalized, checkText, firstRefusal, MAX_NAME } from './text.ts'
export { createProductType, type NewProductType } from './types/save-type.ts'
export { type ProductChange, updateProduct } from './update-product.ts'
export { updateVariant } from './update-variant.ts'
export type { VariantChange } from './variants/plan-variants.ts'
export { tellOfProducts } from './tell-of-products.ts'
export { type SoldVariant, toSoldVariants, variantFacts } from './variant-facts.ts'
export { variantsByIds, variantsBySkus, variantsHeld, variantsOfProducts } from './variant-queries.ts'
export { isVisible, type Viewpoint, viewpoint, type VisibilityTables } from './visibility.ts'
