import { type Context, type Executor } from '@hilo/db'
import { type Localized, reachOf, type Uuid } from '@hilo/kernel'
import {
  compileStored,
  type PricingSnapshot,
  type PromotionDefinition,
  type PromotionInput,
} from '@hilo/pricing'
import { sql } from 'kysely'
import { compiledVersion, versionKey } from './compiled-promotions.ts'
import { readGifts } from './gift-queries.ts'
import { readablePromotion } from './promotion-scope.ts'

/** Stands for a draft that is no promotion yet. */
const NO_PROMOTION = '00000000-0000-7000-8000-000000000000'

/** A stored definition, ready for `price`; it was never published. */
export const compileDraft = (promotionId: Uuid | null, definition: PromotionDefinition): PromotionInput => ({
  id: promotionId ?? NO_PROMOTION,
  version: 0,
  name: { en: 'Draft', es: 'Borrador' },
  compiled: compileStored(definition),
})

/** The gifts of a draft in the channel of the context. */
export const readDraftGifts = async (
  ctx: Context,
  draft: PromotionInput,
): Promise<Required<Pick<PricingSnapshot, 'gifts' | 'prices'>>> => {
  const { id: channelId, market } = ctx.channel
  const request = {
    currency: market.currency,
    now: ctx.now(),
    channelId,
    marketId: market.id,
    country: market.countries[0]!,
    customerGroupIds: [],
    segmentIds: [],
  }
  const { facts, prices } = await readGifts(ctx, [draft], request)
  return { gifts: facts, prices }
}

/** The newest definition of a promotion that the actor may read. */
export const newestDefinition = async (
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  id: Uuid,
): Promise<PromotionDefinition | undefined> => {
  const row = await db
    .selectFrom('promotion')
    .innerJoin('promotion_version as newest', (join) =>
      join
        .onRef('newest.promotion_id', '=', 'promotion.id')
        .onRef('newest.version', '=', 'promotion.version'),
    )
    .select('newest.definition')
    .where('promotion.id', '=', id)
    .where(readablePromotion(reachOf(actor, 'promotions:read')))
    .executeTakeFirst()
  return row?.definition as PromotionDefinition | undefined
}

/** Versions of promotions as they were, whatever became of them; limits and budgets left out. */
export const promotionVersions = async (
  db: Executor<'promotion' | 'promotion_version'>,
  wanted: readonly { readonly promotionId: Uuid; readonly version: number }[],
): Promise<PromotionInput[]> => {
  if (wanted.length === 0) return []
  const { rows } = await sql<{ id: Uuid; version: number; name: Localized; definition: unknown }>`
    select promotion.id, kept.version, promotion.name, kept.definition
    from promotion_version as kept join promotion on promotion.id = kept.promotion_id
    where (kept.promotion_id, kept.version) in (
      select * from unnest(
        ${wanted.map(({ promotionId }) => promotionId)}::uuid[], ${wanted.map(({ version }) => version)}::int[])
    )`.execute(db)
  return rows.map(({ definition, ...row }) => ({
    ...row,
    compiled: compiledVersion(versionKey(row), definition),
  }))
}
