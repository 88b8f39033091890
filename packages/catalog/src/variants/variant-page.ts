import { type Executor, keyset } from '@hilo/db'
import { type CursorKey, storable, type Uuid } from '@hilo/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Variant } from '../product.ts'
import { toVariant, VARIANT_COLUMNS } from '../variant-queries.ts'

/** An option and one of its values, both by code. */
export interface SelectedOption {
  readonly option: string
  readonly value: string
}

/** Which variants of a product. */
export interface VariantFilter {
  /** With all of these values. */
  readonly options?: readonly SelectedOption[] | undefined
  /** Those in the archive instead of those on sale. */
  readonly archived?: boolean | undefined
}

type Tables = 'variant' | 'variant_option_value' | 'option_value' | 'option'

const hasOption = ({ option, value }: SelectedOption): RawBuilder<SqlBool> => sql`exists (
  select from option join option_value on option_value.option_id = option.id
    join variant_option_value as chosen on chosen.option_value_id = option_value.id
  where option.product_id = variant.product_id
    and option.code = ${storable(option)} and option_value.code = ${storable(value)}
    and chosen.variant_id = variant.id)`

const fits = ({ options = [], archived = false }: VariantFilter): RawBuilder<SqlBool> =>
  sql.join(
    [
      archived ? sql`variant.archived_at is not null` : sql`variant.archived_at is null`,
      ...options.map(hasOption),
    ],
    sql` and `,
  )

const roots = (db: Executor<Tables>, productIds: readonly Uuid[]) =>
  db.selectFrom(sql<{ id: Uuid }>`unnest(${productIds}::uuid[])`.as<'root'>(sql`root(id)`))

/** The page of the variants of each of several products, in their order, in one statement. The caller has seen them. */
export const variantPages = async (
  db: Executor<Tables>,
  productIds: readonly Uuid[],
  page: { readonly filter: VariantFilter; readonly after: CursorKey | undefined; readonly limit: number },
): Promise<Variant[]> => {
  const own = db
    .selectFrom('variant')
    .select(VARIANT_COLUMNS)
    .where('variant.product_id', '=', sql.ref<Uuid>('root.id'))
    .where(fits(page.filter))
  const columns = [
    ['variant.position', 'asc', 'integer'],
    ['variant.id', 'asc'],
  ] as const
  const rows = await roots(db, productIds)
    .innerJoinLateral(keyset(own, { ...page, columns }).as('page'), (join) => join.onTrue())
    .selectAll('page')
    .execute()
  return rows.map(toVariant)
}

/** How many variants of each of several products fit. */
export const countVariants = async (
  db: Executor<Tables>,
  productIds: readonly Uuid[],
  filter: VariantFilter,
): Promise<{ productId: Uuid; count: number }[]> => {
  const rows = await db
    .selectFrom('variant')
    .select(['product_id', (eb) => eb.fn.countAll<bigint>().as('count')])
    .where('product_id', 'in', productIds)
    .where(fits(filter))
    .groupBy('product_id')
    .execute()
  return rows.map(({ product_id, count }) => ({ productId: product_id, count: Number(count) }))
}

/** The variant on sale of each product with exactly this choice: one value of each option it has. */
export const variantsByOptions = async (
  db: Executor<Tables>,
  productIds: readonly Uuid[],
  selected: readonly SelectedOption[],
): Promise<Variant[]> => {
  const options = selected.map(({ option }) => storable(option))
  const values = selected.map(({ value }) => storable(value))
  // The unique index of choices serves it: a choice that names something unknown is shorter, and nobody's.
  const rows = await roots(db, productIds)
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('variant')
          .select(VARIANT_COLUMNS)
          .where('variant.product_id', '=', sql.ref<Uuid>('root.id'))
          .where('variant.archived_at', 'is', null)
          .where(
            sql<boolean>`variant.option_key = (
              select string_agg(option_value.id::text, ',' order by option_value.id)
              from unnest(${options}::text[], ${values}::text[]) as wanted (option, value)
                join option on option.product_id = root.id and option.code = wanted.option
                join option_value on option_value.option_id = option.id and option_value.code = wanted.value
              having count(*) = ${selected.length}::int)`,
          )
          .as('page'),
      (join) => join.onTrue(),
    )
    .selectAll('page')
    .execute()
  return rows.map(toVariant)
}
