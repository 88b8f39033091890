import type { Context } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { resolveRule } from './resolve-rule.ts'
import { fitsRule } from './rule-sql.ts'

/** A rule to try, and the collection whose products it is compared with; without one with none. */
export interface RuleToPreview {
  readonly collectionId?: Uuid | null
  readonly rule: unknown
  /** Products to name on each side. */
  readonly first: number
}

/** How many products there are on one side of a difference, and the first of them by age. */
export interface PreviewSide {
  readonly count: number
  readonly productIds: readonly Uuid[]
}

/** What a rule would add and remove, and how many would be in. */
export interface RulePreview {
  readonly total: number
  readonly added: PreviewSide
  readonly removed: PreviewSide
}

/** Says in one statement what a rule would change, and changes nothing. Refuses `NOT_FOUND`, `RULE_INVALID`. */
export const previewRule = async (
  ctx: Context,
  { collectionId = null, rule, first }: RuleToPreview,
): Promise<Result<RulePreview>> => {
  const resolved = await resolveRule(ctx, rule)
  if (!resolved.ok) return resolved
  const { rows } = await sql<{
    known: boolean
    total: number
    added: number
    removed: number
    added_ids: Uuid[]
    removed_ids: Uuid[]
  }>`
    with wanted as materialized (
      select product.id from product where ${fitsRule(resolved.value, ctx.now())}
    ), present as materialized (
      select product_id as id from collection_product where collection_id = ${collectionId}::uuid
    ), come as materialized (
      select id from wanted except select id from present
    ), gone as materialized (
      select id from present except select id from wanted
    )
    select ${collectionId}::uuid is null or exists (select from collection where id = ${collectionId}::uuid) as known,
      (select count(*)::int from wanted) as total, (select count(*)::int from come) as added,
      (select count(*)::int from gone) as removed,
      array(select id from come order by id limit ${first})::text[] as added_ids,
      array(select id from gone order by id limit ${first})::text[] as removed_ids`.execute(ctx.db)
  const { known, total, added, removed, added_ids, removed_ids } = rows[0]!
  if (!known) {
    const id = encodeId('collection', collectionId!)
    return COMMON.refuse('NOT_FOUND', { kind: 'collection', id }, ['collectionId'])
  }
  return ok({
    total,
    added: { count: added, productIds: added_ids },
    removed: { count: removed, productIds: removed_ids },
  })
}
