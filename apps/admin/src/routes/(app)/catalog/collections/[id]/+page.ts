import { error } from '@sveltejs/kit'
import { read } from '#lib/api/read.ts'
import { readTree } from '#lib/categories/read-tree.ts'
import { ReadCollection, RuleParts } from '#lib/collections/collection.ts'
import { partsOf } from '#lib/collections/parts.ts'
import { m } from '#lib/paraglide/messages.js'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

const FIRST = 50
const MOST = 1000

export const load: PageLoad = async (event) => {
  await need(event, 'catalog:read')
  const { id } = event.params
  const first = Math.min(MOST, Math.max(FIRST, Number(event.url.searchParams.get('first')) || FIRST))
  const [{ collection, channels }, parts, tree] = await Promise.all([
    read(event, ReadCollection, { id, first }),
    read(event, RuleParts, {}),
    readTree(event),
  ])
  if (!collection) error(404, m.collection_not_found())
  return { collection, channels, parts: partsOf(parts, tree) }
}
