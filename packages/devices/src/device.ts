import type { CurrencyCode, Uuid, Localized } from '@hilo/kernel'

/** What a device can be. */
export const DEVICE_KINDS = ['APPLIANCE', 'WEARABLE', 'VEHICLE', 'SPEAKER', 'KIOSK', 'BUTTON'] as const

/** What a device can be. */
export type DeviceKind = (typeof DEVICE_KINDS)[number]

/** Whether a device may act; revoked is for ever. */
export const DEVICE_STATUSES = ['ACTIVE', 'REVOKED'] as const

/** Whether a device may act. */
export type DeviceStatus = (typeof DEVICE_STATUSES)[number]

/** How reachable a device last said it is. */
export const DEVICE_STATES = ['ONLINE', 'OFFLINE', 'SLEEP'] as const

/** How reachable a device last said it is. */
export type DeviceState = (typeof DEVICE_STATES)[number]

/** A model of device that the shop knows. */
export interface DeviceTypeRow {
  readonly id: Uuid
  readonly code: string
  readonly name: Localized
  readonly kind: DeviceKind
}

/** What a device may spend, in minor units of its channel's currency; a limit that is null allows no purchase at all. */
export interface DevicePolicy {
  readonly maxOrderMinor: bigint | null
  readonly maxDayMinor: bigint | null
  readonly maxQuantity: number
  readonly cancelWindowMinutes: number
}

/** A device as its owner and the shop see it. */
export interface DeviceRow {
  readonly id: Uuid
  readonly name: string
  readonly type: DeviceTypeRow
  readonly ownerId: Uuid
  readonly channelId: Uuid
  readonly currency: CurrencyCode
  readonly status: DeviceStatus
  readonly state: DeviceState
  readonly seenAt: Date | null
  readonly firmware: string | null
  readonly test: boolean
  readonly version: number
  readonly createdAt: Date
  readonly policy: DevicePolicy
}
