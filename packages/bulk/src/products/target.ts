import type { Uuid } from '@hilo/kernel'
import type { Hints } from '../kind.ts'
import type { ProductItem } from './item.ts'
import type { Situation } from './situation.ts'

type Named = Pick<ProductItem, 'key' | 'slug' | 'name' | 'variants'>

/**
 * The product without a key that has one of these slugs: when the key is the slug itself, or when a SKU or the name says
 * too that it is the one. Others may make the same slug of their keys.
 */
const withoutKey = (
  { key, name, variants }: Named,
  slugs: readonly string[],
  { bySlug, unkeyed, variantBySku }: Situation,
): Uuid | undefined => {
  const owners = new Set((variants ?? []).map(({ sku }) => variantBySku.get(sku)?.productId))
  const names = new Set(Object.values(name ?? {}))
  const found = slugs.find((slug) => {
    const id = bySlug.get(slug)
    const there = id && unkeyed.get(id)
    return there && (slug === key || owners.has(id) || Object.values(there).some((text) => names.has(text)))
  })
  return found === undefined ? undefined : bySlug.get(found)
}

/** The product that an item is about: by its key, its slug, or the SKU of a variant of it. */
export const targetOf = (item: Named, situation: Situation, hints?: Hints): Uuid | undefined => {
  const { byKey, bySlug, variantByKey, variantBySku } = situation
  if (item.key != null && byKey.has(item.key)) return byKey.get(item.key)
  if (hints?.madeSlugs) return withoutKey(item, hints.madeSlugs, situation)
  if (item.slug != null && bySlug.has(item.slug)) return bySlug.get(item.slug)
  if (item.key != null || item.slug != null) return undefined
  return (item.variants ?? [])
    .map(({ key, sku }) => (key == null ? undefined : variantByKey.get(key)) ?? variantBySku.get(sku))
    .find(Boolean)?.productId
}
