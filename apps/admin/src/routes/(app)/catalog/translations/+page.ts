import { read } from '#lib/api/read.ts'
import { cursorOf } from '#lib/list/trail.ts'
import { need } from '#lib/shell/viewer.ts'
import { MissingTexts } from '#lib/translations/missing-texts.ts'
import { isTextKind } from '#lib/translations/text-label.ts'
import type { PageLoad } from './$types'

const PAGE = 25

export const load: PageLoad = async (event) => {
  await need(event, 'catalog:read')
  const { locale } = await event.parent()
  const { searchParams } = event.url
  const asked = searchParams.get('kind')
  const kind = isTextKind(asked) ? asked : 'PRODUCT'
  const data = await read(event, MissingTexts, { locale, kind, first: PAGE, after: cursorOf(searchParams) })
  return { ...data, kind }
}
