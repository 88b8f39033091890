import { encodeId, newId } from '@hilo/kernel'

/** Code of the shop of the bench. */
export const SHOP = 'bench'
/** The channel whose prices every device may read. */
export const CHANNEL = 'device-eu'

/** Where the price of a product stands. */
export const priceTopic = (sku: string): string => `hilo/v1/${SHOP}/catalog/${CHANNEL}/price/${sku}`

/** Topics of purchases of a device, without the request's id. */
export const purchaseTopic = (id: string, kind: 'request' | 'reply'): string =>
  `hilo/v1/${SHOP}/${id}/command/purchase/${kind}`

/** So many names for devices that are in no shop. */
export const madeUpIds = (count: number): string[] =>
  Array.from({ length: count }, () => encodeId('device', newId()))
