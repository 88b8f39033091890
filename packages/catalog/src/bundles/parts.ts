import type { Columns } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'
import type { Fulfilment } from '../measure/goods.ts'
import type { MeasureUnit } from '../measure/unit.ts'

/** A component of a bundle as prices, stock and delivery look at it. */
export interface Part {
  readonly variantId: Uuid
  readonly sku: string
  /** In one bundle; in units of 10^-scale of a measured component. */
  readonly quantity: number
  readonly fulfilment: Fulfilment
  readonly trackStock: boolean
  /** Of its measure; 0 when it is sold by the piece. */
  readonly scale: number
  readonly unit: MeasureUnit | null
}

/** A part with its bundle, and whether it can be sold at all. */
export interface PartRow extends Part {
  readonly bundleId: Uuid
  readonly archived: boolean
}

/** SQL: the parts of these bundles in their order, for `toRows`. */
export const partColumns = (bundleIds: readonly Uuid[]): RawBuilder<Columns<PartRow>> => sql`(
    select json_build_object('bundleId', json_agg(bundle_id order by position),
      'variantId', json_agg(component_id order by position), 'sku', json_agg(sku order by position),
      'quantity', json_agg(quantity order by position), 'fulfilment', json_agg(fulfilment order by position),
      'trackStock', json_agg(track_stock order by position), 'scale', json_agg(scale order by position),
      'unit', json_agg(measure_unit order by position),
      'archived', json_agg(archived order by position))
    from (
      select bundle_id, component_id, part.sku, quantity, part.fulfilment, part.track_stock,
        coalesce(part.measure_scale, 0) as scale, part.measure_unit, bundle_component.position,
        part.archived_at is not null or product.status = 'ARCHIVED' as archived
      from bundle_component join variant part on part.id = component_id join product on product.id = part.product_id
      where bundle_id = any(${bundleIds}::uuid[])
    ) as parts
  )`

/** What is sold, as far as its kind of goods goes. */
export interface SoldGoods {
  readonly variantId: Uuid
  readonly sku: string
  readonly fulfilment: Fulfilment
  readonly trackStock: boolean
  /** Of a bundle. */
  readonly parts: readonly Part[]
}

/** What one unit takes off the shelf: itself, the components of a bundle, nothing of what is not counted. */
export const takesOf = ({
  variantId,
  sku,
  trackStock,
  parts,
}: SoldGoods): readonly Pick<Part, 'variantId' | 'sku' | 'quantity'>[] =>
  parts.length > 0
    ? parts.filter((part) => part.trackStock)
    : trackStock
      ? [{ variantId, sku, quantity: 1 }]
      : []

/** True when something of it has to be carried to the customer. */
export const isDelivered = ({ fulfilment, parts }: Pick<SoldGoods, 'fulfilment' | 'parts'>): boolean =>
  parts.length > 0 ? parts.some((part) => part.fulfilment === 'PHYSICAL') : fulfilment === 'PHYSICAL'

/** Whose files the buyer gets: its own, or those of a bundle's components. */
export const digitalIds = ({ variantId, parts }: Pick<SoldGoods, 'variantId' | 'parts'>): readonly Uuid[] =>
  parts.length > 0 ? parts.map((part) => part.variantId) : [variantId]
