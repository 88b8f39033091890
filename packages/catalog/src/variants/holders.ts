import type { Sentence } from '@hilo/kernel'

/** What can hold a variant or a product, by the table whose foreign key refuses to let go. */
const HOLDERS: Readonly<Record<string, Sentence>> = {
  bundle_component: { en: 'a bundle', es: 'un lote de productos' },
  cart_line: { en: 'a cart', es: 'un carrito' },
  device_slot: { en: 'a device', es: 'un dispositivo' },
  movement: { en: 'the movements of stock', es: 'los movimientos de existencias' },
  price: { en: 'a price list', es: 'una lista de precios' },
  price_history: { en: 'the history of prices', es: 'el historial de precios' },
  stock: { en: 'the stock of a location', es: 'las existencias de una ubicación' },
  variant_cost: { en: 'the costs', es: 'los costes' },
}

const SOMETHING: Sentence = { en: 'another part of the shop', es: 'otra parte de la tienda' }

/** What holds a variant or a product, in words people know. */
export const holderOf = (table: string): Sentence => HOLDERS[table] ?? SOMETHING
