import { appendEvents, type Context } from '@hilo/db'
import { type Localized, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { CATALOG_REFUSALS } from './errors.ts'
import { productEvent } from './events.ts'
import { lockProduct, touchProduct } from './lock-product.ts'
import { MAX_VALUES } from './variants/update-option.ts'
import { checkCount, checkLocalized, checkSlug, firstRefusal, MAX_NAME } from './text.ts'

/** Most options of one product. */
const MAX_OPTIONS = 20

/** A way in which the variants of a product differ, with its choices in order. */
export interface NewOption {
  readonly productId: Uuid
  readonly code: string
  readonly name: Localized
  readonly values: readonly { readonly code: string; readonly name: Localized }[]
}

/** The first refusal of an option with its values. */
export const checkOption = ({ code, name, values }: Omit<NewOption, 'productId'>) =>
  firstRefusal([
    checkSlug(code, ['code']),
    checkLocalized(name, { max: MAX_NAME, path: ['name'] }),
    checkCount(values, MAX_VALUES, ['values']),
    ...values.flatMap((value, index) => [
      checkSlug(value.code, ['values', String(index), 'code']),
      checkLocalized(value.name, { max: MAX_NAME, path: ['values', String(index), 'name'] }),
    ]),
  ])

const repeated = (codes: readonly string[]): string | undefined =>
  codes.find((code, index) => codes.indexOf(code) !== index)

/** Adds an option with its values as the last of its product. */
export const createOption = async (
  ctx: Context,
  input: NewOption,
): Promise<Result<{ optionId: Uuid; productId: Uuid }>> => {
  const { productId, code } = input
  const refused = checkOption(input)
  if (refused) return refused
  const twice = repeated(input.values.map((value) => value.code))
  if (twice) return CATALOG_REFUSALS.refuse('OPTION_TAKEN', { option: twice }, ['values'])
  const product = await lockProduct(ctx, { id: productId, path: ['productId'] })
  if (!product.ok) return product
  const there = await ctx.db
    .selectFrom('option')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('product_id', '=', productId)
    .executeTakeFirstOrThrow()
  const count = Number(there.count) + 1
  if (count > MAX_OPTIONS)
    return CATALOG_REFUSALS.refuse('TOO_MANY', { count, max: MAX_OPTIONS }, ['productId'])
  const optionId = newId()
  const inserted = await ctx.db
    .insertInto('option')
    .values({
      id: optionId,
      product_id: productId,
      code,
      name: JSON.stringify(input.name),
      position: sql`(select coalesce(max(position) + 1, 0) from option where product_id = ${productId})`,
    })
    .onConflict((conflict) => conflict.columns(['product_id', 'code']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return CATALOG_REFUSALS.refuse('OPTION_TAKEN', { option: code }, ['code'])
  if (input.values.length > 0) {
    const rows = input.values.map((value, position) => ({
      id: newId(),
      option_id: optionId,
      code: value.code,
      name: JSON.stringify(value.name),
      position,
    }))
    await ctx.db.insertInto('option_value').values(rows).execute()
  }
  await touchProduct(ctx, productId)
  const { channelIds, status } = product.value
  await appendEvents(ctx, [
    productEvent('ProductUpdated.v1', { productId, channelIds, isPublic: status === 'PUBLISHED' }),
  ])
  return ok({ optionId, productId })
}
