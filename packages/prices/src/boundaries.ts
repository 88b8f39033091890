import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'

/** The variants with a price that started or ended in (after, until], by its own time or by its list's. */
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
    select price.variant_id from price_list join price on price.price_list_id = price_list.id
    where ${window} @> lower(price_list.valid) or ${window} @> upper(price_list.valid)
  `.execute(db)
  return rows.map(({ variant_id }) => variant_id)
}

/** SQL, for `readTogether`: when the next price or list starts or ends after a moment, in milliseconds since 1970. */
export const nextPriceBoundary = (after: Date): RawBuilder<{ readonly at: number | null }> => sql`
  select (extract(epoch from min(at)) * 1000)::float8 as at
  from (
    select unnest(array[lower(valid), upper(valid)]) as at from price
    where not (lower_inf(valid) and upper_inf(valid))
    union all select unnest(array[lower(valid), upper(valid)]) from price_list
  ) as boundary where at > ${after}::timestamptz`
