import type { Attachment, Logger } from '@hilo/protocol'
import { DEVICE_CHANGED, type DeviceChange } from '../api/documents.ts'
import type { EdgeApi } from '../api/edge-api.ts'
import type { Stream } from './follow.ts'

interface RevocationOptions {
  readonly attachment: Attachment
  readonly api: EdgeApi
  readonly log: Logger
}

/** Cuts a device off the moment it is revoked, or gets a new credential. */
export const revocationStream = ({ attachment, api, log }: RevocationOptions): Stream<DeviceChange> => ({
  name: 'device',
  open: (given) => api.subscribe(DEVICE_CHANGED, given),
  apply: async ({ type, device }) => {
    const isRevoked = device?.status === 'REVOKED'
    if (!device || (!isRevoked && type !== 'DeviceCredentialRotated.v1')) return
    log.info({ device: device.id, type }, 'device cut off')
    await attachment.disconnect(device.id, { forget: isRevoked })
  },
})
