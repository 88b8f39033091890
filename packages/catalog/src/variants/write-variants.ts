import type { Context, Executor } from '@hilo/db'
import type { Localized, Uuid } from '@hilo/kernel'
import { sql } from 'kysely'

/** A row of `variant` to write. */
export interface VariantRow {
  readonly id: Uuid
  readonly sku: string
  readonly name: Localized
  readonly optionKey: string | null
  readonly archived: boolean
}

/** Well below the 65,535 parameters of a statement. */
const CHUNK = 500

/** Inserts variants of a product as its last ones, from this place on. */
export const insertVariants = async (
  ctx: Context,
  productId: Uuid,
  { rows, from }: { readonly rows: readonly VariantRow[]; readonly from: number },
): Promise<void> => {
  for (let start = 0; start < rows.length; start += CHUNK) {
    const values = rows.slice(start, start + CHUNK).map(({ id, sku, name, optionKey }, index) => ({
      id,
      product_id: productId,
      sku,
      name: JSON.stringify(name),
      option_key: optionKey,
      position: from + start + index,
      created_at: ctx.now(),
    }))
    await ctx.db.insertInto('variant').values(values).execute()
  }
}

/** Writes variants anew, in one statement, and counts their versions up. */
export const updateVariants = async (ctx: Context, rows: readonly VariantRow[]): Promise<void> => {
  if (rows.length === 0) return
  await sql`
    update variant set sku = new.sku, name = new.name::jsonb, option_key = new.option_key, version = version + 1,
      archived_at = case when new.archived then coalesce(archived_at, ${ctx.now()}) end
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ sku }) => sku)}::text[],
      ${rows.map(({ name }) => JSON.stringify(name))}::text[], ${rows.map(({ optionKey }) => optionKey)}::text[],
      ${rows.map(({ archived }) => archived)}::boolean[]) as new (id, sku, name, option_key, archived)
    where variant.id = new.id`.execute(ctx.db)
}

/** Gives variants exactly these option values. */
export const setOptionValues = async (
  db: Executor<'variant_option_value'>,
  chosen: readonly {
    readonly variantId: Uuid
    readonly valueIds: readonly Uuid[]
    readonly isNew: boolean
  }[],
): Promise<void> => {
  const old = chosen.flatMap(({ variantId, isNew }) => (isNew ? [] : [variantId]))
  if (old.length > 0)
    await db
      .deleteFrom('variant_option_value')
      .where('variant_id', '=', sql<Uuid>`any(${old}::uuid[])`)
      .execute()
  const rows = chosen.flatMap(({ variantId, valueIds }) =>
    [...new Set(valueIds)].map((id) => ({ variant_id: variantId, option_value_id: id })),
  )
  for (let start = 0; start < rows.length; start += 10 * CHUNK)
    await db
      .insertInto('variant_option_value')
      .values(rows.slice(start, start + 10 * CHUNK))
      .execute()
}
