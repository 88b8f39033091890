import { read } from '#lib/api/read.ts'
import { need } from '#lib/shell/viewer.ts'
import { ViewChoices } from '#lib/view-as/view.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  await need(event, 'promotions:read')
  return { choices: await read(event, ViewChoices, {}) }
}
