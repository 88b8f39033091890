import { isDeepStrictEqual } from 'node:util'
import {
  addToCollection,
  createOption,
  goodsOfVariants,
  type ProductSeed,
  optionsOfProducts,
  removeFromCollection,
  saveVariants,
  setBarcodes,
  setGoods,
  setImages,
  setSchedules,
  updateOption,
  updateProduct,
} from '@hilo/catalog/bulk'
import { command, type Context } from '@hilo/db'
import { err, ok, type Refusal, type Result, type Uuid } from '@hilo/kernel'
import { unknownName } from '../words.ts'
import { saveKeys } from '../external-keys.ts'
import type { PlannedProduct, PlannedVariant } from './plan-product.ts'

type Step = Result<unknown>

const below = (result: Step, ...path: readonly string[]): Step => {
  if (result.ok) return result
  const moved = (refusal: Refusal): Refusal => ({ ...refusal, path: [...path, ...refusal.path] })
  const { more, ...first } = result.error
  return { ok: false, error: { ...moved(first), ...(more && { more: more.map(moved) }) } }
}

const saveOwn = (ctx: Context, id: Uuid, plan: PlannedProduct): Promise<Step> => {
  const { item, attributes, categoryIds, channelIds } = plan
  return updateProduct(ctx, {
    id,
    ...(item.slug != null && { slug: item.slug }),
    ...(item.name && { name: item.name }),
    ...(item.description !== undefined && { description: item.description ?? {} }),
    ...(item.seo && { seo: item.seo }),
    ...(item.taxClass && { taxClass: item.taxClass }),
    ...(item.status && { status: item.status }),
    ...(item.type !== undefined && { productTypeId: plan.type?.id ?? null }),
    ...(attributes && { attributes }),
    ...(categoryIds && { categoryIds }),
    ...(channelIds && { channelIds }),
  })
}

const saveSchedules = async (ctx: Context, id: Uuid, { schedules }: PlannedProduct): Promise<Step> => {
  if (schedules) await setSchedules(ctx, id, schedules)
  return ok(null)
}

/** Adds and changes the options that the item has; others stay, for variants may be of them. */
const saveOptions = async (
  ctx: Context,
  productId: Uuid,
  { item, derivedOptions }: PlannedProduct,
): Promise<Step> => {
  const wanted: NonNullable<ProductSeed['options']> = item.options ?? []
  const there = new Map((await optionsOfProducts(ctx.db, [productId])).map((option) => [option.code, option]))
  for (const [index, { code, name, values }] of wanted.entries()) {
    const known = there.get(code)
    const own = new Map(known?.values.map((value) => [value.code, value]))
    const kept = known?.values.filter((value) => !values.some((each) => each.code === value.code)) ?? []
    const saved = known
      ? await updateOption(ctx, {
          id: known.id,
          name: derivedOptions ? known.name : name,
          values: derivedOptions
            ? [...known.values, ...values.filter(({ code: value }) => !own.has(value))]
            : [...values.map((value) => ({ ...value, id: own.get(value.code)?.id ?? null })), ...kept],
        })
      : await createOption(ctx, { productId, code, name, values })
    if (!saved.ok) return below(saved, 'options', String(index))
  }
  return ok(null)
}

/** The ids of the option values that variants name, looked up in what the product has now. */
const valueIds = async (ctx: Context, productId: Uuid) => {
  const options = await optionsOfProducts(ctx.db, [productId])
  return (variant: PlannedVariant, index: number): Result<Uuid[] | undefined> => {
    const chosen = variant.item.options
    if (chosen == null) return ok(undefined)
    const ids: Uuid[] = []
    for (const [code, value] of Object.entries(chosen)) {
      const found = options.find((option) => option.code === code)?.values.find((each) => each.code === value)
      if (!found) {
        return err(
          unknownName('optionValue', `${code}: ${value}`, ['variants', String(index), 'options', code]),
        )
      }
      ids.push(found.id)
    }
    return ok(ids)
  }
}

const saveAllVariants = async (
  ctx: Context,
  productId: Uuid,
  plan: PlannedProduct,
  system: string,
): Promise<Step> => {
  if (plan.variants.length === 0) return ok(null)
  const choose = await valueIds(ctx, productId)
  const rows: { readonly index: number; readonly id: Uuid | undefined; readonly draft: object }[] = []
  for (const [index, variant] of plan.variants.entries()) {
    const chosen = choose(variant, index)
    if (!chosen.ok) return chosen
    const { sku, name, archived } = variant.item
    const draft = {
      sku,
      ...(name !== undefined && { name: name ?? {} }),
      ...(chosen.value && { optionValueIds: chosen.value }),
      ...(variant.attributes && { attributes: variant.attributes }),
      ...(variant.id !== undefined && archived != null && { archived }),
    }
    rows.push({ index, id: variant.id, draft })
  }
  const [create, update] = [rows.filter(({ id }) => !id), rows.filter(({ id }) => id)]
  const saved = await saveVariants(ctx, {
    productId,
    create: create.map(({ draft }) => draft as never),
    update: update.map(({ id, draft }) => ({ ...draft, id: id! })),
    pathOf: (list, index) => ['variants', String((list === 'create' ? create : update)[index]!.index)],
  })
  if (!saved.ok) return saved
  const idOf = new Map([
    ...create.map(({ index }, place) => [index, saved.value.created[place]!] as const),
    ...update.map(({ index, id }) => [index, id!] as const),
  ])
  const hidden = create.filter(({ index }) => plan.variants[index]!.item.archived)
  if (hidden.length > 0) {
    const update = hidden.map(({ index }) => ({ id: idOf.get(index)!, archived: true }))
    const gone = await saveVariants(ctx, { productId, update })
    if (!gone.ok) return gone
  }
  for (const [index, { barcodes }] of plan.variants.entries()) {
    if (!barcodes) continue
    const set = await setBarcodes(ctx, { variantId: idOf.get(index)!, barcodes })
    if (!set.ok) return below(set, 'variants', String(index))
  }
  const there = new Map(
    (await goodsOfVariants(ctx.db, [...idOf.values()])).map(({ variantId, ...goods }) => [variantId, goods]),
  )
  for (const [index, { goods }] of plan.variants.entries()) {
    const variantId = idOf.get(index)!
    if (!goods || isDeepStrictEqual(goods, there.get(variantId))) continue
    const set = await setGoods(ctx, { variantId, ...goods })
    if (!set.ok) return below(set, 'variants', String(index), 'goods')
  }
  await saveKeys(
    ctx.db,
    { kind: 'VARIANT', system },
    plan.variants.flatMap(({ item }, index) =>
      item.key == null ? [] : [{ key: item.key, id: idOf.get(index)! }],
    ),
  )
  return ok(null)
}

const saveCollections = async (ctx: Context, productId: Uuid, wanted: readonly Uuid[]): Promise<Step> => {
  const rows = await ctx.db
    .selectFrom('collection_product')
    .innerJoin('collection', 'collection.id', 'collection_id')
    .select('collection_id')
    .where('product_id', '=', productId)
    .where('rule', 'is', null)
    .execute()
  const there = new Set(rows.map(({ collection_id }) => collection_id))
  for (const id of new Set(wanted).difference(there)) {
    const added = await addToCollection(ctx, { id, productIds: [productId] })
    if (!added.ok) return below(added, 'collections')
  }
  for (const id of there.difference(new Set(wanted))) {
    const removed = await removeFromCollection(ctx, { id, productIds: [productId] })
    if (!removed.ok) return below(removed, 'collections')
  }
  return ok(null)
}

/** Changes a product by the use cases of the mutations: all of it, or nothing and every reason why not. */
export const changeProduct = (ctx: Context, plan: PlannedProduct, system: string): Promise<Step> =>
  command(ctx, { operation: 'bulkProduct', input: null }, async (inner) => {
    const id = plan.id!
    const { item } = plan
    // Variants before what a type requires of the product is asked for.
    const steps: readonly (() => Promise<Step>)[] = [
      () => (item.options ? saveOptions(inner, id, plan) : Promise.resolve(ok(null))),
      () => saveOwn(inner, id, plan),
      () => saveSchedules(inner, id, plan),
      () => saveAllVariants(inner, id, plan, system),
      () =>
        item.images === undefined
          ? Promise.resolve(ok(null))
          : setImages(inner, { productId: id, images: item.images ?? [] }),
      () => (plan.collectionIds ? saveCollections(inner, id, plan.collectionIds) : Promise.resolve(ok(null))),
    ]
    for (const step of steps) {
      const done = await step()
      if (!done.ok) return done
    }
    if (item.key != null) await saveKeys(inner.db, { kind: 'PRODUCT', system }, [{ key: item.key, id }])
    return ok(null)
  })
