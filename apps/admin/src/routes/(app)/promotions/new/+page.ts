import { read } from '#lib/api/read.ts'
import { PromotionChoices } from '#lib/promotions/promotion.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  await need(event, 'promotions:write')
  return { choices: await read(event, PromotionChoices, {}) }
}
