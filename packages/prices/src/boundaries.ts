import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'

/** The variants with a price that started or ended in (after, until], by its own time or by that of a list it counts in. */
export const variantsWithPriceBoundary = async (
  db: Executor<'price' | 'price_list'>,
  { after, until }: { readonly after: Date; readonly until: Date },
): Promise<Uuid[]> => {
  // `(after, until]` as a range; lower() and upper() are null where a period is open.
  const window = sql`tstzrange(${after}::timestamptz, ${until}::timestamptz, '(]')`
  const { rows } = await sql<{ variant_id: Uuid }>`
    select variant_id from price
    where not (lower_inf(valid) and upper_inf(valid))
      and (${window} @> lower(valid) or ${window} @> upper(valid))
    union
    select variant_id from price where price_list_id in (
      with recursive way as (
        select id, base_id from price_list where ${window} @> lower(valid) or ${window} @> upper(valid)
        union select base.id, base.base_id from way join price_list as base on base.id = way.base_id
      )
      select id from way
    )
  `.execute(db)
  return rows.map(({ variant_id }) => variant_id)
}

/** SQL: the ids of variants with rows in these lists or in those that they derive from. */
export const variantsInLists = (listIds: readonly Uuid[]): RawBuilder<{ readonly variant_id: Uuid }> => sql`
  select distinct variant_id from price where price_list_id in (
    with recursive way as (
      select id, base_id from price_list where id = any(${listIds}::uuid[])
      union select base.id, base.base_id from way join price_list as base on base.id = way.base_id
    )
    select id from way
  )`

/** SQL, for `readTogether`: when the next price or list starts or ends after a moment, in milliseconds since 1970. */
export const nextPriceBoundary = (after: Date): RawBuilder<{ readonly at: number | null }> => sql`
  select (extract(epoch from min(at)) * 1000)::float8 as at
  from (
    select unnest(array[lower(valid), upper(valid)]) as at from price
    where not (lower_inf(valid) and upper_inf(valid))
    union all select unnest(array[lower(valid), upper(valid)]) from price_list
  ) as boundary where at > ${after}::timestamptz`
