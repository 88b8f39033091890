import type { Context } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { variantEvent } from '../events.ts'
import { lockProduct, touchProduct } from '../lock-product.ts'
import { tellOfProducts } from '../tell-of-products.ts'
import { checkCount } from '../text.ts'
import { type BarcodeKind, barcodeKey } from './barcode.ts'
import { barcodesOfVariants } from './barcode-queries.ts'
import { BARCODE_REFUSALS } from './errors.ts'

/** Most codes of one variant. */
export const MAX_BARCODES = 20

/** A code as it is entered. */
export interface BarcodeInput {
  readonly kind: BarcodeKind
  readonly code: string
}

const { refuse } = BARCODE_REFUSALS

const readKeys = (barcodes: readonly BarcodeInput[]): Result<ReadonlyMap<string, BarcodeInput>> => {
  const keys = new Map<string, BarcodeInput>()
  for (const [index, { kind, code: entered }] of barcodes.entries()) {
    const code = entered.trim()
    const key = barcodeKey(kind, code)
    if (key === undefined) {
      const facts = { barcode: code.slice(0, 60).toWellFormed(), kind }
      return refuse('BARCODE_INVALID', facts, ['barcodes', String(index), 'code'])
    }
    if (!keys.has(key)) keys.set(key, { kind, code })
  }
  return ok(keys)
}

const productOf = async (ctx: Context, variantId: Uuid) =>
  ctx.db.selectFrom('variant').select(['product_id', 'sku']).where('id', '=', variantId).executeTakeFirst()

/** The first of these codes that another variant has. */
const takenBy = (ctx: Context, variantId: Uuid, keys: readonly string[]) =>
  ctx.db
    .selectFrom('barcode')
    .innerJoin('variant', 'variant.id', 'barcode.variant_id')
    .select(['barcode.code', 'variant.sku'])
    .where('barcode.key', '=', sql<string>`any(${keys}::text[])`)
    .where('barcode.variant_id', '<>', variantId)
    .executeTakeFirst()

/** Gives a variant exactly these codes, in this order. A code belongs to one variant; a wrong check digit is refused. */
export const setBarcodes = async (
  ctx: Context,
  { variantId, barcodes }: { readonly variantId: Uuid; readonly barcodes: readonly BarcodeInput[] },
): Promise<Result<{ variantId: Uuid }>> => {
  const counted = checkCount(barcodes, MAX_BARCODES, ['barcodes'])
  if (!counted.ok) return counted
  const keys = readKeys(barcodes)
  if (!keys.ok) return keys
  const variant = await productOf(ctx, variantId)
  if (!variant) {
    return COMMON.refuse('NOT_FOUND', { kind: 'variant', id: encodeId('variant', variantId) }, ['variantId'])
  }
  const product = await lockProduct(ctx, { id: variant.product_id, path: ['variantId'] })
  if (!product.ok) return product
  const before = await barcodesOfVariants(ctx.db, [variantId])
  await ctx.db.deleteFrom('barcode').where('variant_id', '=', variantId).execute()
  const rows = [...keys.value].map(([key, barcode], position) => ({
    key,
    variant_id: variantId,
    ...barcode,
    position,
  }))
  if (rows.length > 0) {
    const inserted = await ctx.db
      .insertInto('barcode')
      .values(rows)
      .onConflict((conflict) => conflict.column('key').doNothing())
      .returning('key')
      .execute()
    if (inserted.length < rows.length) {
      const taken = await takenBy(ctx, variantId, [...keys.value.keys()])
      return refuse('BARCODE_TAKEN', { barcode: taken?.code ?? '', sku: taken?.sku ?? '' }, ['barcodes'])
    }
  }
  await touchProduct(ctx, variant.product_id)
  const event = variantEvent('VariantUpdated.v1', {
    productId: variant.product_id,
    channelIds: product.value.channelIds,
    isPublic: product.value.status === 'PUBLISHED',
    variantId,
    sku: variant.sku,
  })
  const was = before.map(({ code }) => code)
  const is = rows.map(({ code }) => code)
  const changed = { barcodes: [was, is] as const }
  await tellOfProducts(ctx, [{ ...event, ...(was.join(' ') !== is.join(' ') && { changed }) }])
  return ok({ variantId })
}
