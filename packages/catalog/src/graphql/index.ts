import { registerRefusals } from '@hilo/graphql'
import { CATALOG_REFUSALS } from '../errors.ts'
import './category-mutations.ts'
import './category.ts'
import './option.ts'
import './product-changed.ts'
import './product-mutations.ts'
import './product-queries.ts'
import './variant-mutations.ts'
import './variant.ts'

export { category, image, product, productHeld, variant, variantHeld, variantsOf } from './nodes.ts'
export { ProductConnection } from './product-connection.ts'

registerRefusals(CATALOG_REFUSALS.catalogue)
