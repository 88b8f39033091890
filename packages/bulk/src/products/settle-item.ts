import type { Hints } from '../kind.ts'
import type { WholeCell, WholeProduct } from './item.ts'
import type { Situation, TypeFacts } from './situation.ts'

type Said = Readonly<Record<string, WholeCell>> | null | undefined

/** An item of a file that could not know the shop, as one that did would say it. */
export const settleItem = (
  item: WholeProduct,
  {
    type,
    situation,
    hints,
  }: { readonly type: TypeFacts | null; readonly situation: Situation; readonly hints: Hints },
): WholeProduct => {
  const ofLevel = (said: Said, level: 'PRODUCT' | 'VARIANT') => {
    if (!said) return said
    const own = Object.entries(said).filter(([code, cell]) => {
      const definition = type?.definitions.get(code)
      if (definition) return definition.level === level
      // Told once, of the product, and only when it says something.
      return !hints.onlyKnown && level === 'PRODUCT' && cell !== null && cell !== ''
    })
    return Object.fromEntries(own)
  }
  const known = (names: string[] | null | undefined, has: (name: string) => boolean) => {
    if (!hints.onlyKnown || !names) return names
    const there = names.filter(has)
    // None at all would take the product out of those that it is in.
    return there.length > 0 ? there : undefined
  }
  const settled = {
    ...item,
    attributes: ofLevel(item.attributes, 'PRODUCT'),
    categories: known(item.categories, (name) => situation.categories.has(name)),
    collections: known(item.collections, (name) => situation.collections.get(name)?.byRule === false),
    variants: item.variants?.map((variant) => ({
      ...variant,
      attributes: ofLevel(variant.attributes, 'VARIANT'),
    })),
  }
  return Object.fromEntries(
    Object.entries(settled).filter(([, value]) => value !== undefined),
  ) as WholeProduct
}
