import { type Executor, keyset } from '@hilo/db'
import { type CursorKey, type Localized, storable, type Uuid } from '@hilo/kernel'
import { isCalled } from '../is-called.ts'
import type { Viewpoint } from '../visibility.ts'
import type { AttributeLevel, ProductType, TypeAttribute } from './product-type.ts'

const typeRows = (db: Executor<'product_type'>) =>
  db.selectFrom('product_type').select(['id', 'code', 'name', 'version'])

type Row = Awaited<ReturnType<ReturnType<typeof typeRows>['execute']>>[number]

const toType = (row: Row): ProductType => ({ ...row, name: row.name as Localized })

/** The product types with these ids. */
export const typesByIds = async (
  db: Executor<'product_type'>,
  ids: readonly Uuid[],
): Promise<ProductType[]> => (await typeRows(db).where('id', 'in', ids).execute()).map(toType)

/** The product types with these codes. */
export const typesByCodes = async (
  db: Executor<'product_type'>,
  codes: readonly string[],
): Promise<ProductType[]> =>
  (await typeRows(db).where('code', 'in', codes.map(storable)).execute()).map(toType)

/** A page of product types by code. */
export const typePage = async (
  db: Executor<'product_type'>,
  {
    search,
    ...page
  }: {
    /** A part of the code or of a name. */
    readonly search: string | null | undefined
    readonly after: CursorKey | undefined
    readonly limit: number
  },
): Promise<ProductType[]> => {
  const columns = [
    ['code', 'asc'],
    ['id', 'asc'],
  ] as const
  const found = typeRows(db).where(isCalled('product_type', search))
  return (await keyset(found, { ...page, columns }).execute()).map(toType)
}

/** How many product types there are. */
export const countTypes = async (
  db: Executor<'product_type'>,
  search: string | null | undefined,
): Promise<number> => {
  const { count } = await db
    .selectFrom('product_type')
    .where(isCalled('product_type', search))
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** How many products there are of each of these types; types without any are left out. */
export const countProductsOfTypes = async (
  db: Executor<'product'>,
  typeIds: readonly Uuid[],
): Promise<{ typeId: Uuid; count: number }[]> => {
  const rows = await db
    .selectFrom('product')
    .select(['product_type_id', (eb) => eb.fn.countAll<bigint>().as('count')])
    .where('product_type_id', 'in', typeIds)
    .groupBy('product_type_id')
    .execute()
  return rows.map((row) => ({ typeId: row.product_type_id!, count: Number(row.count) }))
}

/** The attributes of these types that may be seen from here, in their order. */
export const attributesOfTypes = async (
  db: Executor<'product_type_attribute' | 'attribute'>,
  { seesAll }: Pick<Viewpoint, 'seesAll'>,
  typeIds: readonly Uuid[],
): Promise<TypeAttribute[]> => {
  const rows = await db
    .selectFrom('product_type_attribute as listed')
    .innerJoin('attribute', 'attribute.id', 'listed.attribute_id')
    .select([
      'listed.product_type_id as productTypeId',
      'listed.attribute_id as attributeId',
      'listed.level',
      'listed.required',
      'listed.position',
    ])
    .where('listed.product_type_id', 'in', typeIds)
    .$if(!seesAll, (query) => query.where('attribute.internal', '=', false))
    .orderBy('listed.position')
    .orderBy('listed.attribute_id')
    .execute()
  return rows.map((row) => ({ ...row, level: row.level as AttributeLevel }))
}
