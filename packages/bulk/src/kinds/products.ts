import { sql } from 'kysely'
import type { Uuid } from '@hilo/kernel'
import { isShopify, planShopify } from '../shopify/shopify-products.ts'
import type { Kind } from '../kind.ts'
import { applyProducts } from '../products/apply-products.ts'
import { planProductCsv } from '../products/csv-plan.ts'
import { productColumns, productRows } from '../products/csv-rows.ts'
import { readProducts } from '../products/read-products.ts'

const PAGE = 250

const page: Kind['page'] = async ({ db }, { after, system, where }) => {
  const { status, productType, category, updatedSince } = where
  const { rows } = await sql<{ id: Uuid; slug: string }>`
    select product.id, slug from product
    where slug > ${after?.[0] ?? ''}
      and (${status ?? null}::text is null or status = ${status ?? null}::text)
      and (${updatedSince ?? null}::timestamptz is null or updated_at >= ${updatedSince ?? null}::timestamptz)
      and (${productType ?? null}::text is null
        or product_type_id = (select id from product_type where code = ${productType ?? null}::text))
      and (${category ?? null}::text is null or product.id in (
        select product_id from product_category join category on category.id = category_id
        where category.slug = ${category ?? null}::text))
    order by slug limit ${PAGE}`.execute(db)
  const items = await readProducts(
    db,
    system,
    rows.map(({ id }) => id),
  )
  return { items, next: rows.length === PAGE ? [rows.at(-1)!.slug] : undefined }
}

/** Products with everything that belongs to them. Shopify's files are read as they are. */
export const products: Kind = {
  batch: 250,
  plan: (header, settings) =>
    isShopify(header) ? planShopify(header, settings) : planProductCsv(header, settings),
  apply: applyProducts,
  page,
  columns: productColumns,
  toRows: productRows,
}
