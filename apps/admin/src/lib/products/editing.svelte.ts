import { untrack } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import { request } from '#lib/api/request.ts'
import { ReadType, type TypeData } from './attribute-fields.ts'
import { definitionsAt, namesOfValues } from './attribute-values.ts'
import type { Definitions } from './changes.ts'
import { RELATION_KINDS } from './draft.ts'
import type { Words } from './difference.ts'
import { type ProductChoicesData, type ProductData, variantsOf } from './product.ts'

const namesIn = (product: ProductData): [string, string][] => [
  ...RELATION_KINDS.flatMap((kind) => product[kind].map(({ id, name }): [string, string] => [id, name])),
  ...namesOfValues([product, ...variantsOf(product)].flatMap(({ attributes }) => attributes)),
]

/** What the products that a product names are called, by id; those picked or read later are added. */
export const namesOfProducts = (product: () => ProductData): SvelteMap<string, string> => {
  const names = new SvelteMap(untrack(() => namesIn(product())))
  $effect.pre(() => {
    const named = namesIn(product())
    untrack(() => {
      for (const [id, name] of named) names.set(id, name)
    })
  })
  return names
}

/** The product type that is chosen: the saved one is known, another is read when somebody chooses it. */
export class ChosenType {
  #read = $state.raw<TypeData>()
  readonly #saved: () => TypeData | null
  readonly #chosen: () => string

  constructor(saved: () => TypeData | null, chosen: () => string) {
    this.#saved = saved
    this.#chosen = chosen
  }

  /** Its definitions; nothing while there is none, or it is being read. */
  get current(): TypeData | undefined {
    const id = this.#chosen()
    return [this.#saved(), this.#read].find((type) => type?.id === id) ?? undefined
  }

  /** The definitions by which values are sent. */
  get definitions(): Definitions {
    return {
      product: definitionsAt(this.current, 'PRODUCT'),
      variant: definitionsAt(this.current, 'VARIANT'),
    }
  }

  /** Reads the chosen type if it is not known. */
  async read(): Promise<void> {
    const id = this.#chosen()
    if (!id || this.current) return
    const { productType } = await request(fetch, ReadType, { id })
    if (this.#chosen() === id) this.#read = productType ?? undefined
  }
}

interface Named {
  readonly product: ProductData
  readonly choices: Pick<ProductChoicesData, 'channels' | 'productTypes'>
  readonly categories: readonly { readonly value: string; readonly label: string }[]
  readonly names: ReadonlyMap<string, string>
  readonly type: TypeData | undefined
}

/** What it takes to say differences of this product in words. */
export const wordsOf = ({ product, choices, categories, names, type }: Named): Words => ({
  attributes: new Map(
    [...(product.productType?.attributes ?? []), ...(type?.attributes ?? [])].map(({ attribute }) => [
      attribute.code,
      attribute.name,
    ]),
  ),
  names: new Map([
    ...names,
    ...categories.map(({ value, label }): [string, string] => [value, label]),
    ...[...choices.channels, ...choices.productTypes.nodes].map(({ id, name }): [string, string] => [
      id,
      name,
    ]),
  ]),
})
