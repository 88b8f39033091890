import type { Context, NewEvent } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { changesShelf } from './check-promotion.ts'
import { compiledVersion, versionKey } from './compiled-promotions.ts'
import { promotionEvent } from './events.ts'

/** The events of promotions that reached or left a limit: prices on the shelf may change by it. */
export const limitEvents = async (ctx: Context, ids: readonly Uuid[]): Promise<NewEvent[]> => {
  if (ids.length === 0) return []
  const rows = await ctx.db
    .selectFrom('promotion')
    .innerJoin('promotion_version as published', (join) =>
      join
        .onRef('published.promotion_id', '=', 'promotion.id')
        .onRef('published.version', '=', 'promotion.published_version'),
    )
    .select(['promotion.id', 'promotion.version', 'published.version as published', 'published.definition'])
    .where('promotion.id', 'in', ids)
    .where('promotion.status', '=', 'PUBLISHED')
    .execute()
  return rows.map(({ id, version, published, definition }) =>
    promotionEvent('PromotionUpdated.v1', {
      promotionId: id,
      version,
      status: 'PUBLISHED',
      shelf: changesShelf(compiledVersion(versionKey({ id, version: published }), definition)),
    }),
  )
}
