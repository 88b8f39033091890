import type { Attachment, Logger } from '@hilo/protocol'
import { DEVICE_CHANGED, type DeviceChange } from '../api/documents.ts'
import type { EdgeApi } from '../api/edge-api.ts'
import type { Stream } from './follow.ts'

interface RevocationOptions {
  readonly attachment: Attachment
  readonly api: EdgeApi
  readonly log: Logger
}

/** Cuts a device off the moment it is revoked. */
export const revocationStream = ({ attachment, api, log }: RevocationOptions): Stream<DeviceChange> => ({
  name: 'device',
  open: (given) => api.subscribe(DEVICE_CHANGED, given),
  apply: async ({ device }) => {
    if (device?.status !== 'REVOKED') return
    log.info({ device: device.id }, 'device revoked')
    await attachment.disconnect(device.id)
  },
})
