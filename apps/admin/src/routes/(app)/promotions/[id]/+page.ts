import { error } from '@sveltejs/kit'
import type { PromotionDefinition } from '@hilo/pricing'
import { read } from '#lib/api/read.ts'
import { m } from '#lib/paraglide/messages.js'
import { ProductNames, PromotionChoices, ReadPromotion } from '#lib/promotions/promotion.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  await need(event, 'promotions:read')
  const [{ promotion }, choices] = await Promise.all([
    read(event, ReadPromotion, { id: event.params.id }),
    read(event, PromotionChoices, {}),
  ])
  if (!promotion) error(404, m.promotion_not_found())
  const { items } = promotion.definition as PromotionDefinition
  const ids = items && 'product' in items ? [...items.product] : []
  const named = ids.length > 0 ? await read(event, ProductNames, { ids }) : undefined
  return { promotion, choices, products: named?.products.nodes ?? [] }
}
