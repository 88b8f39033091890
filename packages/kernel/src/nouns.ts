import type { Sentence } from './refusals.ts'
import type { Locale } from './shop.ts'

/** What a refusal can be about, as sentences say it: every noun with public ids, and some without. */
export const NOUNS = {
  actor: { en: 'actor', es: 'el actor' },
  apiKey: { en: 'API key', es: 'la clave de API' },
  asset: { en: 'file', es: 'el archivo' },
  attribute: { en: 'attribute', es: 'el atributo' },
  bulkJob: { en: 'import or export', es: 'la importación o exportación' },
  cart: { en: 'cart', es: 'el carrito' },
  cartLine: { en: 'line', es: 'la línea' },
  category: { en: 'category', es: 'la categoría' },
  channel: { en: 'channel', es: 'el canal' },
  collection: { en: 'collection', es: 'la colección' },
  coupon: { en: 'coupon', es: 'el cupón' },
  couponBatch: { en: 'batch of codes', es: 'el lote de códigos' },
  customer: { en: 'customer', es: 'el cliente' },
  customerGroup: { en: 'customer group', es: 'el grupo de clientes' },
  device: { en: 'device', es: 'el dispositivo' },
  deviceType: { en: 'device type', es: 'el tipo de dispositivo' },
  image: { en: 'picture', es: 'la imagen' },
  line: { en: 'line', es: 'la línea' },
  location: { en: 'location', es: 'la ubicación' },
  market: { en: 'market', es: 'el mercado' },
  movement: { en: 'movement', es: 'el movimiento' },
  notification: { en: 'notification', es: 'el aviso' },
  option: { en: 'option', es: 'la opción' },
  optionValue: { en: 'option value', es: 'el valor de opción' },
  order: { en: 'order', es: 'el pedido' },
  orderLine: { en: 'line of an order', es: 'la línea de pedido' },
  parityWatch: { en: 'watch of prices', es: 'la vigilancia de precios' },
  persistedOperation: { en: 'persisted operation', es: 'la operación guardada' },
  price: { en: 'price', es: 'el precio' },
  priceList: { en: 'price list', es: 'la lista de precios' },
  product: { en: 'product', es: 'el producto' },
  productType: { en: 'product type', es: 'el tipo de producto' },
  productVersion: { en: 'version of the product', es: 'la versión del producto' },
  promotion: { en: 'promotion', es: 'la promoción' },
  promotionOffer: { en: 'offer', es: 'la oferta' },
  promotionSimulation: { en: 'simulation', es: 'la simulación' },
  reservation: { en: 'reservation', es: 'la reserva' },
  role: { en: 'role', es: 'el rol' },
  searchSynonym: { en: 'synonym', es: 'el sinónimo' },
  segment: { en: 'segment', es: 'el segmento' },
  session: { en: 'session', es: 'la sesión' },
  shop: { en: 'shop', es: 'la tienda' },
  slot: { en: 'slot', es: 'el compartimento' },
  staff: { en: 'member of staff', es: 'el miembro del personal' },
  subject: { en: 'thing', es: 'el objeto' },
  taxRate: { en: 'tax rate', es: 'el tipo de impuesto' },
  text: { en: 'text', es: 'el texto' },
  variant: { en: 'variant', es: 'la variante' },
  webhookDelivery: { en: 'delivery of a webhook', es: 'la entrega del webhook' },
  webhookEndpoint: { en: 'webhook', es: 'el webhook' },
} as const satisfies Readonly<Record<string, Sentence>>

/** A noun as facts of refusals spell it. */
export type Noun = keyof typeof NOUNS

/** A noun in a language; what was kept before nouns had one spelling is said too. */
export const nounIn = (noun: string, locale: Locale): string => {
  const known = NOUNS[(noun.charAt(0).toLowerCase() + noun.slice(1)) as Noun] as Sentence | undefined
  return known?.[locale] ?? noun
}
