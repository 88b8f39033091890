import type { Context } from '@hilo/db'
import { COMMON, encodeId, type Localized, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { AttributeInput } from '../attributes/read-value.ts'
import { CATALOG_REFUSALS } from '../errors.ts'
import { lockProduct } from '../lock-product.ts'
import { optionsOfProducts } from '../option-queries.ts'
import type { Option, OptionValue } from '../product.ts'
import { VARIANT_REFUSALS } from './errors.ts'
import { optionKey } from './option-key.ts'
import type { VariantDraft } from './plan-variants.ts'
import { MAX_VARIANTS, saveVariants } from './save-variants.ts'

/** Which combinations of option values to make variants of. */
export interface VariantMatrix {
  readonly productId: Uuid
  /** Such as `TSHIRT-{size}-{color}`: the code of an option in braces stands for the code of its value, in capitals. */
  readonly skuPattern: string
  /** Only these values; of an option with none among them, all. */
  readonly optionValueIds?: readonly Uuid[] | null
  /** What every new variant says. */
  readonly attributes?: readonly AttributeInput[] | null
}

/** What became of a matrix; combinations that were on sale already stay as they are and are in none of the lists. */
export interface GeneratedVariants {
  readonly productId: Uuid
  readonly created: readonly Uuid[]
  /** Archived ones that are back. */
  readonly restored: readonly Uuid[]
}

/** Every way to choose one of each list. */
export const combinations = <T>(lists: readonly (readonly T[])[]): T[][] =>
  lists.reduce<T[][]>((all, list) => all.flatMap((head) => list.map((value) => [...head, value])), [[]])

const checkPattern = (pattern: string, options: readonly Option[]): Result<string> => {
  const named = [...pattern.matchAll(/\{([^{}]*)\}/g)].map(([, code]) => code!)
  const codes = new Set(options.map(({ code }) => code))
  const wrong = named.find((code) => !codes.has(code))
  if (wrong !== undefined) {
    return VARIANT_REFUSALS.refuse('SKU_PATTERN_INVALID', { placeholder: wrong.slice(0, 60) }, ['skuPattern'])
  }
  const lacking = [...codes].find((code) => !named.includes(code))
  return lacking === undefined
    ? ok(pattern)
    : VARIANT_REFUSALS.refuse('SKU_PATTERN_LACKS_OPTION', { option: lacking }, ['skuPattern'])
}

const skuOf = (pattern: string, options: readonly Option[], values: readonly OptionValue[]): string =>
  pattern.replaceAll(/\{([^{}]*)\}/g, (_, code: string) =>
    values[options.findIndex((option) => option.code === code)]!.code.toUpperCase(),
  )

/** `Small / Red` in every language that one of the values has; where one has it not, in English. */
const nameOf = (values: readonly OptionValue[]): Localized => {
  const tags = new Set(values.flatMap(({ name }) => Object.keys(name)))
  return Object.fromEntries(
    [...tags].map((tag) => [
      tag,
      values
        .map(({ name, code }) => name[tag] ?? name['en'] ?? code)
        .join(' / ')
        .slice(0, 200),
    ]),
  )
}

const chosenLists = (
  options: readonly Option[],
  wanted: readonly Uuid[],
): readonly (readonly OptionValue[])[] =>
  options.map(({ values }) => {
    const among = values.filter(({ id }) => wanted.includes(id))
    return among.length > 0 ? among : values
  })

const checkLists = (
  options: readonly Option[],
  lists: readonly (readonly OptionValue[])[],
): Result<number> => {
  const empty = options.findIndex((_, index) => lists[index]!.length === 0)
  if (options.length === 0 || empty !== -1) {
    const option = options[empty]?.code ?? ''
    return VARIANT_REFUSALS.refuse('OPTION_VALUES_MISSING', { option }, ['productId'])
  }
  const count = lists.reduce((product, list) => product * list.length, 1)
  return count <= MAX_VARIANTS
    ? ok(count)
    : CATALOG_REFUSALS.refuse('TOO_MANY', { count, max: MAX_VARIANTS }, ['optionValueIds'])
}

const variantsWithKeys = async (ctx: Context, productId: Uuid, keys: readonly string[]) => {
  const rows = await ctx.db
    .selectFrom('variant')
    .select(['id', 'option_key', 'archived_at'])
    .where('product_id', '=', productId)
    .where('option_key', '=', sql<string>`any(${keys}::text[])`)
    // One on sale before one in the archive.
    .orderBy('archived_at', (order) => order.asc().nullsFirst())
    .execute()
  const byKey = new Map<string, { id: Uuid; archived: boolean }>()
  for (const { id, option_key, archived_at } of rows)
    if (!byKey.has(option_key!)) byKey.set(option_key!, { id, archived: archived_at !== null })
  return byKey
}

/**
 * Makes a variant of each combination of option values that is missing, at most 2,000; those in the archive come back as
 * they were. Refuses all when a SKU is taken.
 */
export const generateVariants = async (
  ctx: Context,
  { productId, skuPattern, optionValueIds, attributes }: VariantMatrix,
): Promise<Result<GeneratedVariants>> => {
  const product = await lockProduct(ctx, { id: productId, path: ['productId'] })
  if (!product.ok) return product
  const options = await optionsOfProducts(ctx.db, [productId])
  const strange = optionValueIds?.findIndex((id) =>
    options.every(({ values }) => values.every((one) => one.id !== id)),
  )
  if (strange !== undefined && strange >= 0) {
    const id = encodeId('optionValue', optionValueIds![strange]!)
    return COMMON.refuse('NOT_FOUND', { kind: 'optionValue', id }, ['optionValueIds', String(strange)])
  }
  const lists = chosenLists(options, optionValueIds ?? [])
  const checked = checkLists(options, lists)
  if (!checked.ok) return checked
  const pattern = checkPattern(skuPattern, options)
  if (!pattern.ok) return pattern
  const wanted = combinations(lists).map((values) => ({
    values,
    key: optionKey(values.map(({ id }) => id))!,
  }))
  const there = await variantsWithKeys(
    ctx,
    productId,
    wanted.map(({ key }) => key),
  )
  const create = wanted
    .filter(({ key }) => !there.has(key))
    .map(({ values }): VariantDraft => ({
      sku: skuOf(skuPattern, options, values),
      name: nameOf(values),
      optionValueIds: values.map(({ id }) => id),
      ...(attributes && { attributes }),
    }))
  const update = [...there.values()]
    .filter(({ archived }) => archived)
    .map(({ id }) => ({ id, archived: false }))
  if (create.length + update.length === 0) return ok({ productId, created: [], restored: [] })
  const saved = await saveVariants(ctx, {
    productId,
    create,
    update,
    pathOf: (list) => [list === 'create' ? 'skuPattern' : 'productId'],
  })
  return saved.ok ? ok({ productId, created: saved.value.created, restored: saved.value.updated }) : saved
}
