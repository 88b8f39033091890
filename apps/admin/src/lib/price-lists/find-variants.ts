import { request } from '#lib/api/request.ts'
import type { Pick } from '#lib/ui/Picker.svelte'
import { FindVariants } from './price-list.ts'

const MOST_PRODUCTS = 50

/** A variant with what people know it by. */
export interface FoundVariant {
  readonly id: string
  readonly sku: string
  readonly name: string
}

/** The variants that a text finds, by SKU or by name; those whose SKU has the text alone when there are any. */
export const findVariants = async (
  text: string,
  fetch = globalThis.fetch,
): Promise<readonly FoundVariant[]> => {
  const where = text ? { search: text } : null
  const { products } = await request(fetch, FindVariants, { first: text ? MOST_PRODUCTS : 10, where })
  const all = products.nodes.flatMap(({ name, variants }) =>
    variants.map((variant) => ({
      id: variant.id,
      sku: variant.sku,
      name: variant.name ? `${name} · ${variant.name}` : name,
    })),
  )
  const bySku = all.filter(({ sku }) => text && sku.toLowerCase().includes(text.toLowerCase()))
  return bySku.length > 0 ? bySku : all
}

/** The same, to pick one from. */
export const pickVariants = async (text: string): Promise<Pick[]> =>
  (await findVariants(text)).map(({ id, sku, name }) => ({
    value: id,
    label: sku,
    note: name,
  }))

/** The ids of variants by their SKUs, as they are written or in other capitals. */
export const idsBySku = async (skus: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const { products } = await request(fetch, FindVariants, { first: skus.length, where: { skus: [...skus] } })
  return new Map(products.nodes.flatMap(({ variants }) => variants.map(({ id, sku }) => [sku, id])))
}
