import { read } from '#lib/api/read.ts'
import { cursorOf } from '#lib/list/trail.ts'
import { PromotionList, type PromotionStatus } from '#lib/promotions/promotion.ts'
import { MarketStacking } from '#lib/promotions/stacking.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

const PAGE = 25
const STATUSES = ['DRAFT', 'PUBLISHED', 'PAUSED', 'ARCHIVED'] as const satisfies PromotionStatus[]

export const load: PageLoad = async (event) => {
  await need(event, 'promotions:read')
  const { searchParams } = event.url
  const [{ promotions }, { markets }] = await Promise.all([
    read(event, PromotionList, {
      first: PAGE,
      after: cursorOf(searchParams),
      status: STATUSES.find((status) => status === searchParams.get('status')) ?? null,
      search: searchParams.get('q')?.trim() || null,
    }),
    read(event, MarketStacking, {}),
  ])
  return { promotions, markets }
}
