import { read } from '#lib/api/read.ts'
import { PromotionChoices } from '#lib/promotions/promotion.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => ({ choices: await read(event, PromotionChoices, {}) })
