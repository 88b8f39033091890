import { registerRefusals } from '@hilo/graphql'
import { ATTRIBUTE_REFUSALS } from '../attributes/errors.ts'
import { BARCODE_REFUSALS } from '../barcodes/errors.ts'
import { CATALOG_REFUSALS } from '../errors.ts'
import { IMAGE_REFUSALS } from '../images/errors.ts'
import { GOODS_REFUSALS } from '../measure/errors.ts'
import { RELATION_REFUSALS } from '../relations/errors.ts'
import { VARIANT_REFUSALS } from '../variants/errors.ts'
import { VERSION_REFUSALS } from '../versions/errors.ts'
import './attribute-mutations.ts'
import './attribute-value.ts'
import './attribute.ts'
import './barcode.ts'
import './category-mutations.ts'
import './category.ts'
import './collection-changed.ts'
import './collection-mutations.ts'
import './collection-rule-preview.ts'
import './collection.ts'
import './digital-file.ts'
import './image-mutations.ts'
import './image.ts'
import './option.ts'
import './option-mutations.ts'
import './product-changed.ts'
import './product-mutations.ts'
import './product-queries.ts'
import './publication.ts'
import './product-type-mutations.ts'
import './product-type.ts'
import './product-variants.ts'
import './relation.ts'
import './slug.ts'
import './translation.ts'
import './variant-bulk-mutations.ts'
import './variant-mutations.ts'
import './variant.ts'
import './version-mutations.ts'
import './version.ts'

export {
  category,
  collection,
  image,
  product,
  productHeld,
  variant,
  variantHeld,
  variantsOf,
} from './nodes.ts'
export { componentsOf } from './bundle.ts'
export { AmountType, FulfilmentEnum, goodsOf } from './goods.ts'
export { ProductConnection } from './product-connection.ts'
export { AttributeWhere } from './product-where.ts'
export { registerTexts } from '../translations/texts-elsewhere.ts'

registerRefusals(CATALOG_REFUSALS.catalogue)
registerRefusals(ATTRIBUTE_REFUSALS.catalogue)
registerRefusals(VARIANT_REFUSALS.catalogue)
registerRefusals(BARCODE_REFUSALS.catalogue)
registerRefusals(RELATION_REFUSALS.catalogue)
registerRefusals(VERSION_REFUSALS.catalogue)
registerRefusals(GOODS_REFUSALS.catalogue)
registerRefusals(IMAGE_REFUSALS.catalogue)
