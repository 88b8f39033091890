import { paths } from '#lib/shell/paths.ts'
import type { MissingText, TextKind } from './missing-texts.ts'

/** Where it is edited. */
export const editorPath = (
  { id, productId }: Pick<MissingText, 'id' | 'productId'>,
  kind: TextKind,
): string => {
  if (productId) return paths.product(productId)
  switch (kind) {
    case 'COLLECTION':
      return paths.collection(id)
    case 'ATTRIBUTE':
      return paths.attribute(id)
    case 'PRODUCT_TYPE':
      return paths.productType(id)
    case 'ASSET':
      return paths.asset(id)
    case 'PROMOTION':
      return paths.promotion(id)
    default:
      return paths.category(id)
  }
}
