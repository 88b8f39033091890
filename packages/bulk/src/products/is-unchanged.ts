import { isDeepStrictEqual } from 'node:util'
import type { Localized } from '@hilo/kernel'
import type { WholeCell, WholeProduct, WholeVariant } from './item.ts'
import { CELLS } from '../cells.ts'
import { cellText } from './attribute-cells.ts'
import { readBarcode } from './barcode-cells.ts'
import { type GoodsCells, PLAIN_GOODS, readGoods } from './goods-cells.ts'
import type { PlannedProduct } from './plan-product.ts'
import type { ExportedProduct } from './read-products.ts'

const isSame = (given: unknown, there: unknown): boolean =>
  given === undefined || isDeepStrictEqual(given, there)

const sameTexts = (given: Localized | null | undefined, there: Localized): boolean =>
  given === undefined ||
  isDeepStrictEqual(new Map(Object.entries(given ?? {})), new Map(Object.entries(there)))

const asSet = (names: readonly string[] | null | undefined) => names && new Set(names)

const sameSet = (given: readonly string[] | null | undefined, there: readonly string[]): boolean =>
  given === undefined || isDeepStrictEqual(asSet(given ?? []), asSet(there))

/** Only typed values that are the very same are known to be: text of CSV is read and written again. */
const sameAttributes = (
  given: Readonly<Record<string, WholeCell>> | null | undefined,
  there: Readonly<Record<string, unknown>>,
): boolean =>
  Object.entries(given ?? {}).every(([code, value]) => {
    const is = there[code]
    if (value === null || value === '') return is === undefined
    if (typeof value === 'string' && Array.isArray(is)) return value === is.join('|')
    if (typeof value === 'string' && value.startsWith('{'))
      return isDeepStrictEqual(CELLS.json.read(value), is)
    if (typeof value === 'string' && typeof is !== 'object' && is !== undefined) return value === cellText(is)
    return isDeepStrictEqual(value, is)
  })

const sameGoods = (given: WholeVariant['goods'], there: GoodsCells | null): boolean => {
  if (given === undefined) return true
  const wanted = readGoods(given, [])
  return wanted.ok && isDeepStrictEqual(wanted.value, there ?? PLAIN_GOODS)
}

const sameVariant = (given: WholeVariant, there: ExportedProduct['variants'][number]): boolean =>
  isSame(given.key ?? undefined, there.key) &&
  given.sku === there.sku &&
  sameTexts(given.name, there.name) &&
  (given.options == null || isDeepStrictEqual({ ...given.options }, { ...there.options })) &&
  sameAttributes(given.attributes, there.attributes) &&
  (given.barcodes === undefined ||
    isDeepStrictEqual(
      (given.barcodes ?? []).map((cell) => {
        const { kind, code } = readBarcode(cell)
        return `${kind}:${code}`
      }),
      [...there.barcodes],
    )) &&
  isSame(given.archived ?? undefined, there.archived) &&
  sameGoods(given.goods, there.goods)

const hasOptions = ({ options }: WholeProduct, there: ExportedProduct): boolean =>
  (options ?? []).every(({ code, values }) => {
    const own = there.options.find((option) => option.code === code)
    return values.every((value) => own?.values.some((each) => each.code === value.code))
  })

/** True when a product says all that an item says already: then nothing is written and nobody is told. */
export const isUnchanged = (
  { item, derivedOptions }: Pick<PlannedProduct, 'item' | 'derivedOptions'>,
  there: ExportedProduct,
): boolean =>
  isSame(item.key ?? undefined, there.key) &&
  isSame(item.slug ?? undefined, there.slug) &&
  sameTexts(item.name ?? undefined, there.name) &&
  sameTexts(item.description, there.description) &&
  isSame(item.seo ?? undefined, there.seo) &&
  isSame(item.type, there.type) &&
  isSame(item.taxClass ?? undefined, there.taxClass) &&
  isSame(item.status ?? undefined, there.status) &&
  sameAttributes(item.attributes, there.attributes) &&
  sameSet(item.categories, there.categories) &&
  sameSet(item.collections, there.collections) &&
  sameSet(item.channels, there.channels) &&
  isSame(item.schedules === null ? {} : item.schedules, there.schedules) &&
  isSame(item.images ?? undefined, there.images) &&
  (derivedOptions ? hasOptions(item, there) : isSame(item.options ?? undefined, there.options)) &&
  (item.variants ?? []).every((variant) => {
    const own = there.variants.find(
      ({ key, sku }) => (variant.key != null && variant.key === key) || sku === variant.sku,
    )
    return own !== undefined && sameVariant(variant, own)
  })
