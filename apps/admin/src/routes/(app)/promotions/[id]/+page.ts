import { error } from '@sveltejs/kit'
import { read } from '#lib/api/read.ts'
import { m } from '#lib/paraglide/messages.js'
import { readChoices } from '#lib/promotions/names.ts'
import { ReadPromotion } from '#lib/promotions/promotion.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  await need(event, 'promotions:read')
  const { promotion } = await read(event, ReadPromotion, { id: event.params.id })
  if (!promotion) error(404, m.promotion_not_found())
  return { promotion, ...(await readChoices(event, promotion.definition)) }
}
