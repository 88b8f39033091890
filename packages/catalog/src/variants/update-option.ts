import type { Context } from '@hilo/db'
import { COMMON, encodeId, type Localized, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { CATALOG_REFUSALS } from '../errors.ts'
import { productEvent } from '../events.ts'
import { type LockedProduct, lockProduct, touchProduct } from '../lock-product.ts'
import { optionsOfProducts } from '../option-queries.ts'
import type { Option } from '../product.ts'
import { tellOfProducts } from '../tell-of-products.ts'
import { checkCount, checkLocalized, checkSlug, firstRefusal, MAX_NAME } from '../text.ts'
import { onceUnique } from '../unique-violation.ts'
import { VARIANT_REFUSALS } from './errors.ts'

/** Most values of one option. */
export const MAX_VALUES = 500

/** A value as it shall be: one that is there by its id, or a new one. */
export interface OptionValueDraft {
  readonly id?: Uuid | null
  readonly code: string
  readonly name: Localized
}

/** What to change of an option; what is left out or null stays. */
export interface OptionChange {
  readonly id: Uuid
  readonly code?: string | null
  readonly name?: Localized | null
  /** All values in their order: those left out are removed. */
  readonly values?: readonly OptionValueDraft[] | null
}

const checkTexts = ({ code, name, values }: OptionChange) =>
  firstRefusal([
    ...(code == null ? [] : [checkSlug(code, ['code'])]),
    ...(name ? [checkLocalized(name, { max: MAX_NAME, path: ['name'] })] : []),
    checkCount(values ?? [], MAX_VALUES, ['values']),
    ...(values ?? []).flatMap((value, index) => [
      checkSlug(value.code, ['values', String(index), 'code']),
      checkLocalized(value.name, { max: MAX_NAME, path: ['values', String(index), 'name'] }),
    ]),
  ])

interface Held {
  readonly product: LockedProduct
  readonly option: Option
}

const holdOption = async (ctx: Context, id: Uuid): Promise<Result<Held>> => {
  const missing = COMMON.refuse('NOT_FOUND', { kind: 'option', id: encodeId('option', id) }, ['id'])
  const row = await ctx.db.selectFrom('option').select('product_id').where('id', '=', id).executeTakeFirst()
  if (!row) return missing
  const product = await lockProduct(ctx, { id: row.product_id })
  if (!product.ok) return missing
  const option = (await optionsOfProducts(ctx.db, [row.product_id])).find((one) => one.id === id)
  return option ? ok({ product: product.value, option }) : missing
}

/** Takes values away that no variant on sale has; those in the archive lose them. */
const removeValues = async (
  ctx: Context,
  removed: readonly { readonly id: Uuid; readonly code: string }[],
  path: readonly string[],
): Promise<Result<undefined>> => {
  if (removed.length === 0) return ok(undefined)
  const ids = sql<Uuid>`any(${removed.map(({ id }) => id)}::uuid[])`
  const used = await ctx.db
    .selectFrom('variant_option_value as chosen')
    .innerJoin('variant', 'variant.id', 'chosen.variant_id')
    .select(['chosen.option_value_id', (eb) => eb.fn.countAll<bigint>().as('count')])
    .where('chosen.option_value_id', '=', ids)
    .where('variant.archived_at', 'is', null)
    .groupBy('chosen.option_value_id')
    .executeTakeFirst()
  if (used) {
    const option = removed.find(({ id }) => id === used.option_value_id)!.code
    return VARIANT_REFUSALS.refuse('OPTION_VALUE_IN_USE', { option, variants: Number(used.count) }, path)
  }
  await sql`
    update variant set option_key = null where id in (
      select variant_id from variant_option_value where option_value_id = ${ids})`.execute(ctx.db)
  await ctx.db.deleteFrom('variant_option_value').where('option_value_id', '=', ids).execute()
  await ctx.db.deleteFrom('option_value').where('id', '=', ids).execute()
  return ok(undefined)
}

const checkIds = (option: Option, values: readonly OptionValueDraft[]): Result<undefined> => {
  const known = new Set(option.values.map(({ id }) => id))
  const codes = new Set<string>()
  for (const [index, { id, code }] of values.entries()) {
    if (id != null && !known.delete(id)) {
      const facts = { kind: 'optionValue' as const, id: encodeId('optionValue', id) }
      return COMMON.refuse('NOT_FOUND', facts, ['values', String(index), 'id'])
    }
    if (codes.has(code))
      return CATALOG_REFUSALS.refuse('OPTION_TAKEN', { option: code }, ['values', String(index), 'code'])
    codes.add(code)
  }
  return ok(undefined)
}

const saveValues = async (
  ctx: Context,
  option: Option,
  values: readonly OptionValueDraft[],
): Promise<Result<undefined>> => {
  const checked = checkIds(option, values)
  if (!checked.ok) return checked
  const kept = new Set(values.flatMap(({ id }) => id ?? []))
  const gone = option.values.filter(({ id }) => !kept.has(id))
  const removed = await removeValues(ctx, gone, ['values'])
  if (!removed.ok || values.length === 0) return removed
  const rows = values.map(({ id, code, name }, position) => ({
    id: id ?? newId(),
    option_id: option.id,
    code,
    name: JSON.stringify(name),
    position,
  }))
  // Two values may exchange their codes, so those kept get some that nobody has first.
  await sql`update option_value set code = id::text where option_id = ${option.id}`.execute(ctx.db)
  await ctx.db
    .insertInto('option_value')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        code: eb.ref('excluded.code'),
        name: eb.ref('excluded.name'),
        position: eb.ref('excluded.position'),
      })),
    )
    .execute()
  return ok(undefined)
}

const tell = async (ctx: Context, { id: productId, channelIds, status }: LockedProduct) => {
  await touchProduct(ctx, productId)
  await tellOfProducts(ctx, [
    productEvent('ProductUpdated.v1', { productId, channelIds, isPublic: status === 'PUBLISHED' }),
  ])
}

/** Renames an option or its values, adds, sorts and removes values. Refuses to remove one that a variant on sale has. */
export const updateOption = async (
  ctx: Context,
  change: OptionChange,
): Promise<Result<{ optionId: Uuid; productId: Uuid }>> => {
  const refused = checkTexts(change)
  if (refused) return refused
  const held = await holdOption(ctx, change.id)
  if (!held.ok) return held
  const { product, option } = held.value
  const saved = await onceUnique('option_product_id_code_key', async () => {
    await ctx.db
      .updateTable('option')
      .set({
        code: change.code ?? option.code,
        name: JSON.stringify(change.name ?? option.name),
      })
      .where('id', '=', option.id)
      .execute()
  })
  if (!saved) return CATALOG_REFUSALS.refuse('OPTION_TAKEN', { option: change.code! }, ['code'])
  const values = change.values ? await saveValues(ctx, option, change.values) : ok(undefined)
  if (!values.ok) return values
  await tell(ctx, product)
  return ok({ optionId: option.id, productId: product.id })
}

/** Deletes an option of whose values no variant on sale has one. */
export const deleteOption = async (
  ctx: Context,
  id: Uuid,
): Promise<Result<{ optionId: Uuid; productId: Uuid }>> => {
  const held = await holdOption(ctx, id)
  if (!held.ok) return held
  const removed = await removeValues(ctx, held.value.option.values, ['id'])
  if (!removed.ok) return removed
  await ctx.db.deleteFrom('option').where('id', '=', id).execute()
  await tell(ctx, held.value.product)
  return ok({ optionId: id, productId: held.value.product.id })
}
