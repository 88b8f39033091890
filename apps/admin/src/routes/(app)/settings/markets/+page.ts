import { read } from '#lib/api/read.ts'
import { ReadMarkets } from '#lib/markets/market.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  await need(event, 'settings:write')
  return read(event, ReadMarkets, {})
}
