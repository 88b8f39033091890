import { read } from '#lib/api/read.ts'
import { cursorOf } from '#lib/list/trail.ts'
import { PriceListPage } from '#lib/price-lists/price-list.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

const PAGE = 25
const KINDS = ['BASE', 'SALE', 'CONTRACT'] as const
const STATUSES = ['ACTIVE', 'INACTIVE', 'ARCHIVED'] as const

export const load: PageLoad = async (event) => {
  await need(event, 'prices:read')
  const { searchParams } = event.url
  const { priceListSearch } = await read(event, PriceListPage, {
    first: PAGE,
    after: cursorOf(searchParams),
    kind: KINDS.find((kind) => kind === searchParams.get('kind')) ?? null,
    status: STATUSES.find((status) => status === searchParams.get('status')) ?? null,
    search: searchParams.get('q')?.trim() || null,
  })
  return { lists: priceListSearch }
}
