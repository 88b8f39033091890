import type { TaxClass } from '@hilo/channels'
import { type Columns, toRows } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'
import {
  type AttributeFacts,
  attributeFacts,
  saidColumns,
  type SaidValue,
} from './attributes/attribute-facts.ts'
import { type PartRow, partColumns, type SoldGoods } from './bundles/parts.ts'
import type { Fulfilment } from './measure/goods.ts'
import type { Measure } from './measure/measure.ts'
import { isOpen } from './visibility.ts'

/** What prices, promotions and taxes look at in a variant. */
export interface SoldVariant extends SoldGoods {
  readonly productId: Uuid
  /** Absent when it is sold by the piece. */
  readonly measure?: Measure
  /** A bundle that costs the sum of its parts less this rate, in parts per million; else null. */
  readonly reductionPpm: number | null
  readonly taxClass: TaxClass
  /** The product's categories and all their ancestors. */
  readonly categoryIds: readonly Uuid[]
  readonly categorySlugs: readonly string[]
  /** The collections its product is in, wherever these are published. */
  readonly collectionIds: readonly Uuid[]
  readonly collectionSlugs: readonly string[]
  /** Filterable attributes by code, choices by theirs, references by their public id; the variant's before the product's. */
  readonly attributes: AttributeFacts
  /**
   * True when it is not archived, and its product is published in the channel asked about, at the moment asked about. A
   * bundle is sold while none of its components is archived; whether these are sold alone does not matter.
   */
  readonly sold: boolean
}

interface Category {
  readonly id: Uuid
  readonly parentId: Uuid | null
  readonly slug: string
}

interface WantedRow extends Pick<
  SoldVariant,
  'variantId' | 'productId' | 'sku' | 'trackStock' | 'reductionPpm'
> {
  readonly archived: boolean
  readonly fulfilment: Fulfilment
  readonly measure: Measure | null
}

/** What `variantFacts` selects: one row with the tables that `toSoldVariants` joins. */
export interface FactTables {
  readonly variants: Columns<WantedRow>
  readonly parts: Columns<PartRow>
  readonly products: Columns<Pick<SoldVariant, 'productId' | 'taxClass'> & { readonly published: boolean }>
  /** Products in the channel. */
  readonly here: readonly Uuid[] | null
  readonly placed: Columns<{ readonly productId: Uuid; readonly categoryId: Uuid }>
  /** The categories that products are placed in, and all their ancestors. */
  readonly categories: Columns<Category>
  readonly collected: Columns<{ readonly productId: Uuid; readonly collectionId: Uuid }>
  readonly collections: Columns<{ readonly id: Uuid; readonly slug: string }>
  readonly said: Columns<SaidValue>
  readonly attributes: Columns<{ readonly id: Uuid; readonly code: string }>
}

/**
 * SQL: the facts of these variants, for `readTogether`; one that does not exist is left out. Each table is read by one
 * list of keys and joined by `toSoldVariants`: the planner, which cannot know how long the list is, would join row by row.
 */
export const variantFacts = ({
  variantIds,
  channelId,
  now,
}: {
  readonly variantIds: readonly Uuid[]
  readonly channelId: Uuid
  readonly now: Date
}): RawBuilder<FactTables> => sql`
    with recursive wanted as materialized (
      select id, product_id, sku, archived_at, fulfilment, track_stock, bundle_reduction_ppm,
        case when measure_unit is not null then json_build_object('unit', measure_unit, 'scale', measure_scale,
          'step', measure_step, 'minimum', measure_minimum, 'maximum', measure_maximum) end as measure
      from variant where id = any(${variantIds}::uuid[])
    ), placed as materialized (
      select product_id, category_id from product_category
      where product_id = any(array(select product_id from wanted))
    ), above as (
      select category_id as id from placed
      union
      select category.parent_id from above join category on category.id = above.id
      where category.parent_id is not null
    ), collected as materialized (
      select product_id, collection_id from collection_product
      where product_id = any(array(select product_id from wanted))
    ), said as materialized (
      select * from attribute_value
      where owner_id = any(array(select product_id from wanted) || ${variantIds}::uuid[])
    )
    select (
      select json_build_object('variantId', json_agg(id), 'productId', json_agg(product_id), 'sku', json_agg(sku),
        'archived', json_agg(archived_at is not null), 'fulfilment', json_agg(fulfilment),
        'trackStock', json_agg(track_stock), 'reductionPpm', json_agg(bundle_reduction_ppm), 'measure', json_agg(measure))
      from wanted
    ) as variants, ${partColumns(variantIds)} as parts, (
      select json_build_object('productId', json_agg(id), 'taxClass', json_agg(tax_class),
        'published', json_agg(status = 'PUBLISHED'))
      from product where id = any(array(select product_id from wanted))
    ) as products, (
      select json_agg(product_id) from product_channel
      where channel_id = ${channelId} and product_id = any(array(select product_id from wanted))
        and ${isOpen('product_channel', now)}
    ) as here, (
      select json_build_object('productId', json_agg(product_id), 'categoryId', json_agg(category_id)) from placed
    ) as placed, (
      select json_build_object('id', json_agg(id), 'parentId', json_agg(parent_id), 'slug', json_agg(slug))
      from category where id in (select id from above)
    ) as categories, (
      select json_build_object('productId', json_agg(product_id), 'collectionId', json_agg(collection_id))
      from collected
    ) as collected, (
      select json_build_object('id', json_agg(id), 'slug', json_agg(slug))
      from collection where id in (select collection_id from collected)
    ) as collections, ${saidColumns}`

/** Categories with all their ancestors, each once, by id. */
const withAncestors = (ids: readonly Uuid[], categories: ReadonlyMap<Uuid, Category>): Category[] => {
  const found = new Set<Category>()
  for (const id of ids) {
    for (
      let category = categories.get(id);
      category && !found.has(category);
      category = category.parentId ? categories.get(category.parentId) : undefined
    )
      found.add(category)
  }
  return [...found].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The facts out of the row of `variantFacts`. */
export const toSoldVariants = ([tables]: readonly FactTables[]): SoldVariant[] => {
  if (!tables) return []
  const categories = new Map(toRows(tables.categories).map((category) => [category.id, category]))
  const placed = Map.groupBy(toRows(tables.placed), ({ productId }) => productId)
  const collected = Map.groupBy(toRows(tables.collected), ({ productId }) => productId)
  const collectionSlugs = new Map(toRows(tables.collections).map(({ id, slug }) => [id, slug]))
  const here = new Set(tables.here)
  const partsOf = Map.groupBy(toRows(tables.parts), ({ bundleId }) => bundleId)
  const attributesOf = attributeFacts(toRows(tables.said), toRows(tables.attributes))
  const products = new Map(
    toRows(tables.products).map(({ productId, taxClass, published }) => {
      const places = placed.get(productId)?.map(({ categoryId }) => categoryId) ?? []
      const within = withAncestors(places, categories)
      const collectionIds = (collected.get(productId) ?? []).map(({ collectionId }) => collectionId).sort()
      const facts = {
        taxClass,
        categoryIds: within.map(({ id }) => id),
        categorySlugs: within.map(({ slug }) => slug),
        collectionIds,
        collectionSlugs: collectionIds.map((id) => collectionSlugs.get(id)!),
        sold: published && here.has(productId),
      }
      return [productId, facts]
    }),
  )
  return toRows(tables.variants).map(({ archived, measure, ...variant }) => {
    const product = products.get(variant.productId)!
    const attributes = attributesOf(variant)
    const rows = partsOf.get(variant.variantId) ?? []
    const sold = product.sold && !archived && rows.every((part) => !part.archived)
    const parts = rows.map(({ bundleId: _bundle, archived: _archived, ...part }) => part)
    return { ...variant, ...product, ...(measure && { measure }), attributes, parts, sold }
  })
}
