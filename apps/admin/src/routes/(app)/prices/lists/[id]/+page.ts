import { error } from '@sveltejs/kit'
import { read } from '#lib/api/read.ts'
import { cursorOf } from '#lib/list/trail.ts'
import { m } from '#lib/paraglide/messages.js'
import { findVariants } from '#lib/price-lists/find-variants.ts'
import { PriceListChoices, PriceRows, ReadPriceList } from '#lib/price-lists/price-list.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

const PAGE = 50

export const load: PageLoad = async (event) => {
  await need(event, 'prices:read')
  const { id } = event.params
  const { searchParams } = event.url
  const text = searchParams.get('q')?.trim()
  const found = text ? await findVariants(text, event.fetch) : undefined
  const [{ node }, choices, rows] = await Promise.all([
    read(event, ReadPriceList, { id }),
    read(event, PriceListChoices, {}),
    read(event, PriceRows, {
      id,
      first: PAGE,
      after: cursorOf(searchParams),
      variantIds: found?.map((variant) => variant.id) ?? null,
    }),
  ])
  if (node?.__typename !== 'PriceList' || rows.node?.__typename !== 'PriceList')
    error(404, m.price_list_not_found())
  return { list: node, choices, rows: rows.node.prices, isSearch: !!text }
}
