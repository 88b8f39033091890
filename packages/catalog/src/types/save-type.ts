import { appendEvents, changesBetween, type Context, type Json } from '@hilo/db'
import { COMMON, encodeId, type Localized, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { attributesByIds } from '../attributes/attribute-queries.ts'
import { ATTRIBUTE_REFUSALS } from '../attributes/errors.ts'
import { refreshMembership } from '../collections/membership.ts'
import { CATALOG_REFUSALS } from '../errors.ts'
import { definitionEvent } from '../events.ts'
import { checkCount, checkLocalized, checkSlug, firstRefusal, MAX_NAME } from '../text.ts'
import { onceUnique } from '../unique-violation.ts'
import type { AttributeLevel } from './product-type.ts'
import { attributesOfTypes, typesByIds } from './type-queries.ts'
import { checkDropped, checkRequiredOf, forgetValues } from './type-uses.ts'

const { refuse } = ATTRIBUTE_REFUSALS

/** Most attributes of one type. */
const MAX_ATTRIBUTES = 200

/** An attribute as a type lists it. */
export interface ListedAttribute {
  readonly attributeId: Uuid
  /** Default `PRODUCT`. */
  readonly level?: AttributeLevel | null
  /** Default false. */
  readonly required?: boolean | null
}

/** A product type to create. */
export interface NewProductType {
  readonly code: string
  readonly name: Localized
  readonly attributes?: readonly ListedAttribute[] | null
}

/** What to change of a product type; what is left out or null stays, and the list replaces the one before. */
export interface ProductTypeChange extends Partial<Omit<NewProductType, 'code' | 'name'>> {
  readonly id: Uuid
  readonly ifVersion?: number | null
  readonly code?: string | null
  readonly name?: Localized | null
  /** Takes the values of attributes that are no longer listed away, instead of refusing. */
  readonly removeValues?: boolean | null
}

const checkTexts = ({ code, name }: { code?: string | null; name?: Localized | null }) =>
  firstRefusal([
    ...(code == null ? [] : [checkSlug(code, ['code'])]),
    ...(name ? [checkLocalized(name, { max: MAX_NAME, path: ['name'] })] : []),
  ])

/** The rows of a list; refuses an attribute that does not exist, or that stands there twice. */
const listedRows = async (ctx: Context, typeId: Uuid, listed: readonly ListedAttribute[]) => {
  const counted = checkCount(listed, MAX_ATTRIBUTES, ['attributes'])
  if (!counted.ok) return counted
  const ids = listed.map(({ attributeId }) => attributeId)
  const found = ids.length > 0 ? await attributesByIds(ctx.db, { seesAll: true }, ids) : []
  const codes = new Map(found.map(({ id, code }) => [id, code]))
  for (const [index, id] of ids.entries()) {
    const path = ['attributes', String(index), 'attributeId']
    const code = codes.get(id)
    if (code === undefined)
      return COMMON.refuse('NOT_FOUND', { kind: 'attribute', id: encodeId('attribute', id) }, path)
    if (ids.indexOf(id) !== index) return CATALOG_REFUSALS.refuse('OPTION_TAKEN', { option: code }, path)
  }
  return ok(
    listed.map(({ attributeId, level, required }, position) => ({
      product_type_id: typeId,
      attribute_id: attributeId,
      level: level ?? 'PRODUCT',
      required: required ?? false,
      position,
    })),
  )
}

/** Creates a product type. */
export const createProductType = async (
  ctx: Context,
  input: NewProductType,
): Promise<Result<{ productTypeId: Uuid }>> => {
  const refused = checkTexts(input)
  if (refused) return refused
  const id = newId()
  const rows = await listedRows(ctx, id, input.attributes ?? [])
  if (!rows.ok) return rows
  const inserted = await ctx.db
    .insertInto('product_type')
    .values({
      id,
      code: input.code,
      name: JSON.stringify(input.name),
      created_at: ctx.now(),
      updated_at: ctx.now(),
    })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return refuse('PRODUCT_TYPE_CODE_TAKEN', { productType: input.code }, ['code'])
  if (rows.value.length > 0) await ctx.db.insertInto('product_type_attribute').values(rows.value).execute()
  await appendEvents(ctx, [definitionEvent('ProductTypeCreated.v1', { productTypeId: id, code: input.code })])
  return ok({ productTypeId: id })
}

/** Holds a type against every change of the products that are of it. */
const lockType = async (ctx: Context, id: Uuid) => {
  const held = await ctx.db
    .selectFrom('product_type')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  const [type] = held ? await typesByIds(ctx.db, [id]) : []
  return type
    ? ok(type)
    : COMMON.refuse('NOT_FOUND', { kind: 'productType', id: encodeId('productType', id) }, ['id'])
}

interface Listed {
  /** Those that lost a value. */
  readonly productIds: readonly Uuid[]
  readonly before?: Json
  readonly after?: Json
}

const saveListed = async (
  ctx: Context,
  { id, attributes, removeValues }: ProductTypeChange,
): Promise<Result<Listed>> => {
  if (!attributes) return ok({ productIds: [] })
  const rows = await listedRows(ctx, id, attributes)
  if (!rows.ok) return rows
  const before = await attributesOfTypes(ctx.db, { seesAll: true }, [id])
  const dropped = before.filter(
    (old) => !rows.value.some((row) => row.attribute_id === old.attributeId && row.level === old.level),
  )
  const productIds = removeValues ? await forgetValues(ctx.db, id, dropped) : []
  if (!removeValues) {
    const allowed = await checkDropped(ctx.db, id, dropped)
    if (!allowed.ok) return allowed
  }
  await ctx.db.deleteFrom('product_type_attribute').where('product_type_id', '=', id).execute()
  if (rows.value.length > 0) await ctx.db.insertInto('product_type_attribute').values(rows.value).execute()
  const wasRequired = new Set(before.filter(({ required }) => required).map((old) => old.attributeId))
  const required = rows.value.filter((row) => row.required && !wasRequired.has(row.attribute_id))
  const complete = await checkRequiredOf(ctx.db, id, required)
  if (!complete.ok) return complete
  return ok({
    productIds,
    before: before.map(({ attributeId, level, required: must }) => ({ attributeId, level, required: must })),
    after: rows.value.map((row) => ({
      attributeId: row.attribute_id,
      level: row.level,
      required: row.required,
    })),
  })
}

/** Changes a product type, and counts its version up. Refuses what the products of this type do not allow. */
export const updateProductType = async (
  ctx: Context,
  change: ProductTypeChange,
): Promise<Result<{ productTypeId: Uuid }>> => {
  const refused = checkTexts(change)
  if (refused) return refused
  const type = await lockType(ctx, change.id)
  if (!type.ok) return type
  const before = type.value
  if (change.ifVersion != null && change.ifVersion !== before.version)
    return COMMON.refuse('VERSION_CONFLICT', { current: before.version }, ['ifVersion'])
  const listed = await saveListed(ctx, change)
  if (!listed.ok) return listed
  const code = change.code ?? before.code
  const saved = await onceUnique('product_type_code_key', async () => {
    await ctx.db
      .updateTable('product_type')
      .set((eb) => ({
        code,
        ...(change.name && { name: JSON.stringify(change.name) }),
        version: eb('version', '+', 1),
        updated_at: ctx.now(),
      }))
      .where('id', '=', change.id)
      .execute()
  })
  if (!saved) return refuse('PRODUCT_TYPE_CODE_TAKEN', { productType: code }, ['code'])
  const changed = changesBetween(
    { code: before.code, name: before.name, attributes: listed.value.before },
    { code, name: change.name ?? undefined, attributes: listed.value.after },
  )
  const event = definitionEvent('ProductTypeUpdated.v1', { productTypeId: change.id, code })
  const members = await refreshMembership(ctx, listed.value.productIds)
  await appendEvents(ctx, [{ ...event, changed }, ...members])
  return ok({ productTypeId: change.id })
}

/** Deletes a product type that no product is of. */
export const deleteProductType = async (ctx: Context, id: Uuid): Promise<Result<{ productTypeId: Uuid }>> => {
  const type = await lockType(ctx, id)
  if (!type.ok) return type
  const { code } = type.value
  const { count } = await ctx.db
    .selectFrom('product')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('product_type_id', '=', id)
    .executeTakeFirstOrThrow()
  const products = Number(count)
  if (products > 0) return refuse('PRODUCT_TYPE_IN_USE', { productType: code, products }, ['id'])
  await ctx.db.deleteFrom('product_type').where('id', '=', id).execute()
  await appendEvents(ctx, [definitionEvent('ProductTypeDeleted.v1', { productTypeId: id, code })])
  return ok({ productTypeId: id })
}
