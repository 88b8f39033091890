import { error } from '@sveltejs/kit'
import { read } from '#lib/api/read.ts'
import { ReadDevice } from '#lib/devices/device.ts'
import { m } from '#lib/paraglide/messages.js'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async (event) => {
  await need(event, 'devices:read')
  const { device } = await read(event, ReadDevice, { id: event.params.id })
  if (!device) error(404, m.device_not_found())
  return { device }
}
