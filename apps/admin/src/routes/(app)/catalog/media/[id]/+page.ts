import { error } from '@sveltejs/kit'
import { read } from '#lib/api/read.ts'
import { ReadAsset } from '#lib/media/asset.ts'
import { m } from '#lib/paraglide/messages.js'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  await need(event, 'catalog:read')
  const { asset } = await read(event, ReadAsset, { id: event.params.id })
  if (!asset) error(404, m.media_not_found())
  return { asset }
}
