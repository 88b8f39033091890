import { type Executor, keyset } from '@hilo/db'
import { type CursorKey, type Localized, storable, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { isCalled } from '../is-called.ts'
import type { Viewpoint } from '../visibility.ts'
import type { Attribute, AttributeChoice, AttributeKind } from './attribute.ts'

type Tables = 'attribute' | 'attribute_choice'

const attributeRows = (db: Executor<Tables>) =>
  db
    .selectFrom('attribute')
    .select([
      'attribute.id',
      'attribute.code',
      'attribute.name',
      'attribute.kind',
      'attribute.unit',
      'attribute.localized',
      'attribute.filterable',
      'attribute.internal',
      'attribute.minimum',
      'attribute.maximum',
      'attribute.max_length',
      'attribute.version',
    ])
    .select(
      sql<AttributeChoice[]>`(
        select coalesce(json_agg(json_build_object('id', id, 'code', code, 'name', name, 'color', color)
          order by position, code), '[]')
        from attribute_choice where attribute_choice.attribute_id = attribute.id)`.as('choices'),
    )

type Row = Awaited<ReturnType<ReturnType<typeof attributeRows>['execute']>>[number]

const toAttribute = ({ max_length, ...row }: Row): Attribute => ({
  ...row,
  name: row.name as Localized,
  kind: row.kind as AttributeKind,
  maxLength: max_length,
})

const visible = (db: Executor<Tables>, { seesAll }: Pick<Viewpoint, 'seesAll'>) =>
  attributeRows(db).$if(!seesAll, (query) => query.where('attribute.internal', '=', false))

/** The attributes with these ids that may be seen from here. */
export const attributesByIds = async (
  db: Executor<Tables>,
  view: Pick<Viewpoint, 'seesAll'>,
  ids: readonly Uuid[],
): Promise<Attribute[]> =>
  (await visible(db, view).where('attribute.id', 'in', ids).execute()).map(toAttribute)

/** The attributes with these codes that may be seen from here. */
export const attributesByCodes = async (
  db: Executor<Tables>,
  view: Pick<Viewpoint, 'seesAll'>,
  codes: readonly string[],
): Promise<Attribute[]> =>
  (await visible(db, view).where('attribute.code', 'in', codes.map(storable)).execute()).map(toAttribute)

/** A page of attributes by code. */
export const attributePage = async (
  db: Executor<Tables>,
  {
    view,
    search,
    ...page
  }: {
    readonly view: Viewpoint
    /** A part of the code or of a name. */
    readonly search: string | null | undefined
    readonly after: CursorKey | undefined
    readonly limit: number
  },
): Promise<Attribute[]> => {
  const columns = [
    ['attribute.code', 'asc'],
    ['attribute.id', 'asc'],
  ] as const
  const found = visible(db, view).where(isCalled('attribute', search))
  return (await keyset(found, { ...page, columns }).execute()).map(toAttribute)
}

/** How many attributes may be seen from here. */
export const countAttributes = async (
  db: Executor<'attribute'>,
  { seesAll }: Pick<Viewpoint, 'seesAll'>,
  search: string | null | undefined,
): Promise<number> => {
  const { count } = await db
    .selectFrom('attribute')
    .where(isCalled('attribute', search))
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .$if(!seesAll, (query) => query.where('internal', '=', false))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/**
 * Holds an attribute against every change of its values until the end of the transaction: whoever writes one holds the
 * row too, through its foreign key.
 */
export const lockAttribute = async (db: Executor<Tables>, id: Uuid): Promise<Attribute | undefined> => {
  const held = await db
    .selectFrom('attribute')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  const [attribute] = held ? await attributesByIds(db, { seesAll: true }, [id]) : []
  return attribute
}
