import { suggestSlug } from '@hilo/catalog/bulk'
import type { Context } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import type { Hints } from '../kind.ts'
import { codeOptions } from './code-options.ts'
import type { ProductItem } from './item.ts'
import type { ExportedProduct } from './read-products.ts'
import type { Situation } from './situation.ts'

/** What an item is about, as far as it is there. */
interface Target {
  readonly id: Uuid | undefined
  readonly there: ExportedProduct | undefined
}

/** A slug that was made counts for a new product only, which gets another one when somebody has it. */
const slugFor = async (
  ctx: Context,
  { slug }: ProductItem,
  { id, bySlug }: { readonly id: Uuid | undefined; readonly bySlug: Situation['bySlug'] },
): Promise<string | undefined> => {
  if (id !== undefined || slug == null) return undefined
  return bySlug.has(slug) ? suggestSlug(ctx.db, 'product', { en: slug }) : slug
}

const choiceOf = (options: Readonly<Record<string, string>> | null | undefined): string =>
  JSON.stringify(Object.entries(options ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)))

const optionsIn = (options: Readonly<Record<string, string>> | null | undefined): string =>
  JSON.stringify(Object.keys(options ?? {}).toSorted())

/**
 * A variant whose SKU was made is the one that is chosen so, or the one that has this SKU and is chosen by other options,
 * which are called otherwise now; a new one gets a SKU that nobody has.
 */
const keepSkus = (
  variants: ProductItem['variants'],
  {
    there,
    made,
    bySku,
  }: Pick<Target, 'there'> & {
    readonly made: NonNullable<Hints['madeSkus']>
    readonly bySku: Situation['variantBySku']
  },
): ProductItem['variants'] => {
  const live = (there?.variants ?? []).toSorted((a, b) => Number(b.archived) - Number(a.archived))
  const byChoice = new Map(live.map(({ options, sku }) => [choiceOf(options), sku]))
  const optionsBySku = new Map(live.map(({ options, sku }) => [sku, optionsIn(options)]))
  return variants?.map((variant, index) => {
    const spare = made[index]
    if (spare === undefined) return variant
    const own = byChoice.get(choiceOf(variant.options))
    const there = optionsBySku.get(variant.sku)
    const isRenamed = there !== undefined && there !== optionsIn(variant.options)
    return { ...variant, sku: own ?? (bySku.has(variant.sku) && !isRenamed ? spare : variant.sku) }
  })
}

/** An item with the names that its file could only make, as the shop has them: codes of options, its slug, SKUs. */
export const settleNames = async (
  ctx: Context,
  { item, hints = {} }: { readonly item: ProductItem; readonly hints: Hints | undefined },
  {
    target: { id, there },
    situation,
    locale,
  }: {
    readonly target: Target
    readonly situation: Situation
    readonly locale: string
  },
): Promise<ProductItem> => {
  const coded = hints.optionTexts ? codeOptions(item, there, locale) : item
  const { bySlug, variantBySku: bySku } = situation
  return {
    ...coded,
    ...(hints.madeSlugs && { slug: await slugFor(ctx, item, { id, bySlug }) }),
    ...(hints.madeSkus && { variants: keepSkus(coded.variants, { there, made: hints.madeSkus, bySku }) }),
  }
}
