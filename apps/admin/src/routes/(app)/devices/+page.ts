import { read } from '#lib/api/read.ts'
import { DeviceChoices } from '#lib/devices/device.ts'
import { DeviceList } from '#lib/devices/device-list.ts'
import { cursorOf } from '#lib/list/trail.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

const PAGE = 25

export const load: PageLoad = async (event) => {
  await need(event, 'devices:read')
  const { searchParams } = event.url
  const [{ devices }, choices] = await Promise.all([
    read(event, DeviceList, {
      first: PAGE,
      after: cursorOf(searchParams),
      search: searchParams.get('q')?.trim() || null,
    }),
    read(event, DeviceChoices, {}),
  ])
  return { devices, choices }
}
