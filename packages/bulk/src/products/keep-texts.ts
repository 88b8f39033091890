import { type Seo, toSeo } from '@hilo/catalog/bulk'
import type { Localized } from '@hilo/kernel'
import { mergeTexts, type SaidTexts } from '../cells.ts'
import type { Hints } from '../kind.ts'
import { textsIn } from './attribute-cells.ts'
import { looseGoods } from './goods-cells.ts'
import type {
  AttributeCell,
  ProductItem,
  VariantItem,
  WholeCell,
  WholeProduct,
  WholeVariant,
} from './item.ts'
import type { ExportedProduct } from './read-products.ts'

type Cells = Readonly<Record<string, AttributeCell>>

const isTexts = (value: unknown): value is Localized =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Undefined for a cell that names no language, and so says nothing. */
const keepCell = (cell: AttributeCell, there: unknown, locale: string): WholeCell | undefined => {
  const isLocalized = isTexts(there)
  if (cell === null || cell === '' || !(isTexts(cell) || isLocalized)) return cell as WholeCell
  const said: SaidTexts = textsIn(cell, locale)
  if (Object.keys(said).length === 0) return undefined
  const texts = mergeTexts(said, isLocalized ? there : {})
  return Object.keys(texts).length === 0 ? null : texts
}

const keepCells = (
  cells: Cells | null | undefined,
  there: Readonly<Record<string, unknown>> | undefined,
  locale: string,
): Record<string, WholeCell> | null | undefined =>
  cells &&
  Object.fromEntries(
    Object.entries(cells).flatMap(([code, cell]) => {
      const kept = keepCell(cell, there?.[code], locale)
      return kept === undefined ? [] : [[code, kept]]
    }),
  )

const keepSeo = ({ seo }: ProductItem, there: ExportedProduct | undefined): Seo | undefined => {
  if (!seo) return undefined
  const { title, description, ...rest } = seo
  const before = toSeo(there?.seo)
  return toSeo({
    ...before,
    ...rest,
    ...(title !== undefined && { title: title === null ? {} : mergeTexts(title, before.title) }),
    ...(description !== undefined && {
      description: description === null ? {} : mergeTexts(description, before.description),
    }),
  })
}

interface Named {
  readonly code: string
  readonly name: Localized
}

const nameOf = (named: readonly Named[] | undefined, code: string): Localized | undefined =>
  named?.find((each) => each.code === code)?.name

const keepOptions = ({ options }: ProductItem, there: ExportedProduct | undefined) =>
  options &&
  options.map(({ code, name, values }) => {
    const own = there?.options.find((option) => option.code === code)
    return {
      code,
      name: mergeTexts(name, own?.name),
      values: values.map((value) => ({
        code: value.code,
        name: mergeTexts(value.name, nameOf(own?.values, value.code)),
      })),
    }
  })

const variantsBy = (there: ExportedProduct | undefined) => {
  const bySku = new Map(there?.variants.map((variant) => [variant.sku, variant]))
  const byKey = new Map(there?.variants.flatMap((each) => (each.key === null ? [] : [[each.key, each]])))
  return ({ key, sku }: VariantItem) => (key == null ? undefined : byKey.get(key)) ?? bySku.get(sku)
}

/**
 * What a product is to say behind an import: a text keeps the languages that the item does not name, and loses those
 * that it says null of. What the item does not speak of is not in it.
 */
export const keepTexts = (
  item: ProductItem,
  there: ExportedProduct | undefined,
  { locale, hints }: { readonly locale: string; readonly hints?: Hints | undefined },
): WholeProduct => {
  const text = (said: SaidTexts | null | undefined, before: Localized | undefined) =>
    said && mergeTexts(said, before)
  const variantOf = variantsBy(there)
  const altOf = new Map(there?.images.map(({ url, alt }) => [url, alt]))
  return {
    ...item,
    name: text(item.name, there?.name),
    description: text(item.description, there?.description),
    seo: keepSeo(item, there),
    attributes: keepCells(item.attributes, there?.attributes, locale),
    images: item.images && item.images.map(({ url, alt }) => ({ url, alt: mergeTexts(alt, altOf.get(url)) })),
    options: keepOptions(item, there),
    variants:
      item.variants &&
      item.variants.map((variant): WholeVariant => {
        const own = variantOf(variant)
        return {
          ...variant,
          name: text(variant.name, own?.name),
          attributes: keepCells(variant.attributes, own?.attributes, locale),
          ...(hints?.looseGoods && { goods: looseGoods(variant.goods, own?.goods) }),
        }
      }),
  }
}
