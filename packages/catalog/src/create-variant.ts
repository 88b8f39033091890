import type { Context } from '@hilo/db'
import { COMMON, encodeId, type Localized, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { CATALOG_REFUSALS } from './errors.ts'
import { variantEvent } from './events.ts'
import { lockProduct, touchProduct } from './lock-product.ts'
import { tellOfProducts } from './tell-of-products.ts'
import { checkLocalized, checkSku, firstRefusal, MAX_NAME } from './text.ts'

/** A variant to create. */
export interface NewVariant {
  readonly productId: Uuid
  readonly sku: string
  readonly name?: Localized | null
  /** At most one value of each option of the product. */
  readonly optionValueIds?: readonly Uuid[] | null
}

const checkOptionValues = async (ctx: Context, input: NewVariant): Promise<Result<readonly Uuid[]>> => {
  const ids = [...new Set(input.optionValueIds ?? [])]
  if (ids.length === 0) return ok([])
  const found = await ctx.db
    .selectFrom('option_value')
    .innerJoin('option', 'option.id', 'option_value.option_id')
    .select(['option_value.id', 'option.id as option_id'])
    .where('option.product_id', '=', input.productId)
    .where('option_value.id', 'in', ids)
    .execute()
  const missing = ids.find((id) => !found.some((row) => row.id === id))
  if (missing) {
    const shown = { kind: 'optionValue', id: encodeId('optionValue', missing) }
    return COMMON.refuse('NOT_FOUND', shown, ['optionValueIds'])
  }
  return new Set(found.map((row) => row.option_id)).size === found.length
    ? ok(ids)
    : CATALOG_REFUSALS.refuse('OPTION_VALUES_CONFLICT', { sku: input.sku }, ['optionValueIds'])
}

/** Creates a variant as the last of its product. */
export const createVariant = async (
  ctx: Context,
  input: NewVariant,
): Promise<Result<{ variantId: Uuid; productId: Uuid }>> => {
  const refused = firstRefusal([
    checkSku(input.sku),
    checkLocalized(input.name ?? {}, { max: MAX_NAME, path: ['name'], optional: true }),
  ])
  if (refused) return refused
  const product = await lockProduct(ctx, { id: input.productId, path: ['productId'] })
  if (!product.ok) return product
  const values = await checkOptionValues(ctx, input)
  if (!values.ok) return values
  const variantId = newId()
  const inserted = await ctx.db
    .insertInto('variant')
    .values({
      id: variantId,
      product_id: input.productId,
      sku: input.sku,
      name: JSON.stringify(input.name ?? {}),
      position: sql`(select count(*) from variant where product_id = ${input.productId})`,
      created_at: ctx.now(),
    })
    .onConflict((conflict) => conflict.column('sku').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return CATALOG_REFUSALS.refuse('SKU_TAKEN', { sku: input.sku }, ['sku'])
  if (values.value.length > 0) {
    const rows = values.value.map((id) => ({ variant_id: variantId, option_value_id: id }))
    await ctx.db.insertInto('variant_option_value').values(rows).execute()
  }
  await touchProduct(ctx, input.productId)
  await tellOfProducts(ctx, [
    variantEvent('VariantCreated.v1', {
      variantId,
      sku: input.sku,
      productId: input.productId,
      channelIds: product.value.channelIds,
      isPublic: product.value.status === 'PUBLISHED',
    }),
  ])
  return ok({ variantId, productId: input.productId })
}
