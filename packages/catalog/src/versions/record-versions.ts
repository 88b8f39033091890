import type { Context } from '@hilo/db'
import { actorKey, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { contentOfProduct } from './content-sql.ts'

/** How many versions of a product are kept: the newest. */
export const MAX_VERSIONS = 200

/**
 * Keeps the content of these products as their next version, when it is another than the newest; older than 200 are
 * forgotten. Ends every change of a product, in its transaction: the counter in the product's row makes numbers exact.
 */
export const recordVersions = async (ctx: Context, productIds: readonly Uuid[]): Promise<void> => {
  const ids = [...new Set(productIds)]
  if (ids.length === 0) return
  const { rows } = await sql<{ product_id: Uuid; number: number }>`
    with now as (
      select product.id, ${contentOfProduct} as content from product where product.id = any(${ids}::uuid[])
    ), numbered as (
      update product set content_version = content_version + 1
      from now left join lateral (
        select content from product_version where product_id = now.id order by number desc limit 1
      ) as newest on true
      where product.id = now.id and newest.content is distinct from now.content
      returning product.id, product.content_version, now.content
    )
    insert into product_version (product_id, number, content, actor, at)
    select id, content_version, content, ${actorKey(ctx.actor)}, ${ctx.now()} from numbered
    returning product_id, number`.execute(ctx.db)
  const full = rows.filter(({ number }) => number > MAX_VERSIONS)
  if (full.length === 0) return
  await sql`
    delete from product_version using unnest(
      ${full.map(({ product_id }) => product_id)}::uuid[], ${full.map(({ number }) => number - MAX_VERSIONS)}::int[]
    ) as old(id, until)
    where product_version.product_id = old.id and product_version.number <= old.until`.execute(ctx.db)
}
