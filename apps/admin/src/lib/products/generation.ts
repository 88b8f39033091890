import type { ProductData } from './product.ts'

type Options = ProductData['options']

/** The values that combinations are made of, by option; all of them to begin with. */
export type Chosen = Record<string, string[]>

/** Every value of every option. */
export const allValues = (options: Options): Chosen =>
  Object.fromEntries(options.map(({ id, values }) => [id, values.map((value) => value.id)]))

/** How many combinations the chosen values have. */
export const countCombinations = (options: Options, chosen: Chosen): number =>
  options.reduce((count, { id }) => count * (chosen[id]?.length ?? 0), options.length > 0 ? 1 : 0)

/** A pattern for SKUs that names each option once: `TSHIRT-{size}-{color}`. */
export const patternFor = ({ slug, options }: Pick<ProductData, 'slug' | 'options'>): string =>
  [slug.split('-').slice(0, 2).join('-').toUpperCase(), ...options.map(({ code }) => `{${code}}`)].join('-')

/** The first SKU that a pattern makes of the chosen values; empty when an option has none. */
export const exampleOf = (pattern: string, options: Options, chosen: Chosen): string => {
  if (countCombinations(options, chosen) === 0) return ''
  return options.reduce((sku, { id, code, values }) => {
    const value = values.find((each) => each.id === chosen[id]?.[0])
    return sku.replaceAll(`{${code}}`, value?.code.toUpperCase() ?? '')
  }, pattern)
}
