import type { Context } from '@hilo/db'
import type { PromotionDefinition } from '@hilo/pricing'
import { insertPromotions } from '@hilo/promotions'
import type { DemoShop } from '../../demo/data.ts'

/** Promotions: the published ones work at once, drafts wait for staff. */
export const seedPromotions = async (ctx: Context, demo: DemoShop): Promise<void> => {
  await insertPromotions(
    ctx,
    demo.promotions.map(({ status, definition, ...promotion }) => ({
      ...promotion,
      definition: definition as PromotionDefinition,
      draft: status === 'DRAFT',
    })),
  )
}
