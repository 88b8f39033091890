import { m } from '#lib/paraglide/messages.js'
import type { ProductDraft } from './draft.ts'
import type { ProductStatus } from './product-list.ts'
import type { ProductChoicesData } from './product.ts'
import { PRODUCT_STATUSES } from './names.ts'

interface Option<Value extends string> {
  readonly value: Value
  readonly label: string
}

/** The stages of a product's life to choose from. */
export const statusOptions = (): Option<ProductStatus>[] =>
  Object.entries(PRODUCT_STATUSES).map(([value, { text }]) => ({
    value: value as ProductStatus,
    label: text(),
  }))

/** The tax classes to choose from. */
export const taxClassOptions = (): Option<ProductDraft['taxClass']>[] => [
  { value: 'STANDARD', label: m.tax_class_standard() },
  { value: 'REDUCED', label: m.tax_class_reduced() },
  { value: 'ZERO', label: m.tax_class_zero() },
]

interface Category {
  readonly id: string
  readonly name: string
  readonly children?: readonly Category[]
}

/** The tree of categories as a list, each with its depth. */
export const categoryOptions = (
  categories: readonly Category[],
): { value: string; label: string; depth: number }[] => {
  const flatten = (
    branch: readonly Category[],
    depth: number,
  ): { value: string; label: string; depth: number }[] =>
    branch.flatMap(({ id, name, children = [] }) => [
      { value: id, label: name, depth },
      ...flatten(children, depth + 1),
    ])
  return flatten(categories, 0)
}

/** What the kinds of price lists are called. */
export const PRICE_LIST_KINDS: Readonly<
  Record<ProductChoicesData['priceLists'][number]['kind'], () => string>
> = {
  BASE: m.price_list_kind_base,
  SALE: m.price_list_kind_sale,
  CONTRACT: m.price_list_kind_contract,
}
