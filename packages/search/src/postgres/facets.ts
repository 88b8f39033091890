import type { Localized } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'
import type { FacetResult } from '../engine.ts'
import { fitsOffer, type Question } from './matching.ts'

/** Values of one facet that are told, those of most products first. */
export const MAX_VALUES = 100

/** What is in products that fit, as `facetRows` tells. */
export interface FacetRow {
  readonly facet: string
  readonly value: string
  readonly label: Localized
  readonly count: number
  readonly least: number | null
  readonly most: number | null
}

/** SQL: what is in products out of `matched`, in so many of them at most, as a list of `FacetRow`. */
export const facetRows = (question: Question, most: number): RawBuilder<readonly FacetRow[]> => {
  const { facets } = question
  const measured = facets.flatMap((facet) => (facet.startsWith('attribute:') ? facet.slice(10) : []))
  return sql`(
    with fitting as materialized (
      select document.product_id, document.tags, offer.amount_minor, offer.available
      from (select product_id, tags from matched limit ${sql.raw(String(most))}) as document
      join search_offer as offer on offer.product_id = document.product_id and ${fitsOffer(question)}
    ), tagged as materialized (
      select tag, count(*)::integer as count from (select unnest(tags) as tag from fitting) as said group by tag
    ), bounds as (
      select greatest(max(amount_minor) - min(amount_minor), 10) as spread from fitting
    ), steps as materialized (
      -- Round steps of the currency: between two and twelve of them.
      select power(10, floor(log(spread))) * case when spread < 2 * power(10, floor(log(spread))) then 0.2 else 1 end as step
      from bounds
    )
    select json_agg(told) from (
      select facet, value, label, count, null::float8 as least, null::float8 as most from (
        select search_tag.facet, search_tag.value, search_tag.label, tagged.count,
          row_number() over (partition by search_tag.facet order by tagged.count desc, search_tag.value) as nth
        from tagged join search_tag on search_tag.id = tagged.tag
        where search_tag.facet = any(${facets}::text[])
      ) as counted where nth <= ${sql.raw(String(MAX_VALUES))}
      union all
      select 'price', '', '{}', count(amount_minor)::integer, min(amount_minor)::float8, max(amount_minor)::float8
      from fitting where 'price' = any(${facets}::text[]) having count(amount_minor) > 0
      union all
      select 'price', (step * floor(amount_minor / step))::bigint::text, '{}', count(*)::integer, null, step
      from fitting cross join steps
      where 'price' = any(${facets}::text[]) and amount_minor is not null
      group by step, floor(amount_minor / step)
      union all
      select 'available', available::text, '{}', count(*)::integer, null, null
      from fitting where 'available' = any(${facets}::text[]) group by available
      union all
      select 'attribute:' || attribute, '', '{}', count(distinct product_id)::integer, min(value), max(value)
      from search_number
      where attribute = any(${measured}::text[]) and product_id in (select product_id from fitting)
      group by attribute
      order by count desc, value
    ) as told
  )`
}

/** The facets that were asked for, out of what was counted. */
export const toFacets = (facets: readonly string[], rows: readonly FacetRow[]): readonly FacetResult[] =>
  facets.map((facet) => {
    const own = rows.filter((row) => row.facet === facet)
    const bounds = own.find(({ least }) => least !== null)
    return {
      facet,
      values: own
        .filter(({ least }) => least === null)
        .map(({ value, label, count, most }) => ({
          value,
          label,
          count,
          ...(most !== null && { least: Number(value), most: Number(value) + most - 1 }),
        })),
      ...(bounds && { least: bounds.least!, most: bounds.most! }),
    }
  })
