import { error } from '@sveltejs/kit'
import { read } from '#lib/api/read.ts'
import { ReadAttribute } from '#lib/attributes/attribute.ts'
import { m } from '#lib/paraglide/messages.js'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  await need(event, 'catalog:read')
  const { id } = event.params
  const { attribute, productTypes } = await read(event, ReadAttribute, { id })
  if (!attribute) error(404, m.attribute_not_found())
  const types = productTypes.nodes.filter(({ attributes }) =>
    attributes.some((listed) => listed.attribute.id === attribute.id),
  )
  return { attribute, types }
}
