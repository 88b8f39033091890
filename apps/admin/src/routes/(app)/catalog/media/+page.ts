import { read } from '#lib/api/read.ts'
import { cursorOf } from '#lib/list/trail.ts'
import { AssetList } from '#lib/media/asset.ts'
import { isKind } from '#lib/media/names.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

const PAGE = 40

export const load: PageLoad = async (event) => {
  await need(event, 'catalog:read')
  const { searchParams } = event.url
  const kind = searchParams.get('kind')
  const search = searchParams.get('q')?.trim()
  const { assets } = await read(event, AssetList, {
    first: PAGE,
    after: cursorOf(searchParams),
    where: { ...(isKind(kind) && { kind }), ...(search && { search }) },
  })
  return { assets, isFiltered: isKind(kind) || !!search }
}
