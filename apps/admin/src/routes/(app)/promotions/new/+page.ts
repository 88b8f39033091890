import { readChoices } from '#lib/promotions/names.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  await need(event, 'promotions:write')
  return readChoices(event)
}
