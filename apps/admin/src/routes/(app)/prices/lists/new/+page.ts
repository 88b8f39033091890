import { read } from '#lib/api/read.ts'
import { PriceListChoices } from '#lib/price-lists/price-list.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  await need(event, 'prices:write')
  return { choices: await read(event, PriceListChoices, {}) }
}
