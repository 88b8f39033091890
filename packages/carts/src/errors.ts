import { defineRefusals } from '@hilo/kernel'

/** Lines of a cart at most: more is a feed, not a purchase. */
export const MAX_LINES = 500

/** Coupon codes of a cart at most. */
export const MAX_COUPONS = 20

/** Characters of a line's properties as JSON at most. */
export const MAX_PROPERTIES = 2_000

/** What carts refuse, beside what an order of one would be refused with. */
export const CARTS = defineRefusals({
  CART_EMPTY: {
    data: {},
    en: 'The cart is empty.',
    es: 'El carrito está vacío.',
    fix: 'Add a line with cartLineSet.',
  },
  CART_NOT_ACTIVE: {
    data: { status: 'string' },
    en: 'This cart can no longer be changed ({status}).',
    es: 'Este carrito ya no se puede cambiar ({status}).',
    fix: 'Go on with activeCart, or make a new one with cartCreate.',
  },
  CART_OTHER_MARKET: {
    data: { market: 'string', expected: 'string' },
    en: 'This cart belongs to the market {expected}, not to {market}.',
    es: 'Este carrito es del mercado {expected}, no de {market}.',
    fix: 'Name a channel of the market of the cart in Hilo-Channel.',
  },
  CART_TOO_MANY_LINES: {
    data: { max: 'int' },
    en: 'A cart holds at most {max} lines.',
    es: 'Un carrito admite como máximo {max} líneas.',
    fix: 'Place an order first, or join lines of the same variant.',
  },
  CART_TOO_MANY_COUPONS: {
    data: { max: 'int' },
    en: 'A cart holds at most {max} coupons.',
    es: 'Un carrito admite como máximo {max} cupones.',
    fix: 'Take one off with cartCouponRemove.',
  },
  VARIANT_MISSING: {
    data: {},
    en: 'A line names a variant: by variantId or by sku.',
    es: 'Una línea nombra una variante: por variantId o por sku.',
    fix: 'Send one of variantId and sku.',
  },
  PROPERTIES_INVALID: {
    data: { max: 'int' },
    en: 'The properties of a line are a JSON object of texts, numbers and booleans, of at most {max} characters.',
    es: 'Las propiedades de una línea son un objeto JSON de textos, números y booleanos, de {max} caracteres como máximo.',
    fix: 'Send a flat object, such as {"engraving": "Ada"}.',
  },
  NOT_PRICED: {
    data: { sku: 'string', channel: 'string' },
    en: '{sku} is not sold in the channel {channel}: it has no price there.',
    es: '{sku} no se vende en el canal {channel}: no tiene precio allí.',
    fix: 'Take the line away, or order through another channel.',
  },
  PRICE_CHANGED: {
    data: { expected: 'money', actual: 'money' },
    en: 'The price is now {actual}, not {expected}.',
    es: 'El precio es ahora {actual}, y no {expected}.',
    fix: 'Show the new price, and ask again when the customer agrees; path says whether it is that of a line or the total. Quoted prices that hold no longer are let go of with cartPricesAccept.',
  },
  AMOUNT_TOO_LARGE: {
    data: {},
    en: 'The amounts of this cart are larger than can be reckoned with.',
    es: 'Los importes de este carrito son demasiado grandes para calcularlos.',
    fix: 'Lower the quantities.',
  },
  COUPON_NOT_STARTED: {
    data: { coupon: 'string' },
    en: 'The coupon {coupon} is not valid yet.',
    es: 'El cupón {coupon} todavía no es válido.',
    fix: 'Try again when the promotion has started.',
  },
  COUPON_EXPIRED: {
    data: { coupon: 'string' },
    en: 'The coupon {coupon} has expired.',
    es: 'El cupón {coupon} ha caducado.',
    fix: 'Take the coupon off the cart.',
  },
  COUPON_WITHDRAWN: {
    data: { coupon: 'string' },
    en: 'The coupon {coupon} has been withdrawn.',
    es: 'El cupón {coupon} se ha retirado.',
    fix: 'Take the coupon off the cart.',
  },
  COUPON_NOT_HERE: {
    data: { coupon: 'string' },
    en: 'The coupon {coupon} is not valid in this channel.',
    es: 'El cupón {coupon} no es válido en este canal.',
    fix: 'Take the coupon off the cart, or order through another channel.',
  },
  COUPON_NOT_FOR_YOU: {
    data: { coupon: 'string' },
    en: 'The coupon {coupon} is not for you, or you have used it already.',
    es: 'El cupón {coupon} no es para ti, o ya lo has usado.',
    fix: 'Take the coupon off the cart.',
  },
  METHOD_INVALID: {
    data: { max: 'int' },
    en: 'A method of payment or delivery is a code of at most {max} characters, without spaces.',
    es: 'Un método de pago o de envío es un código de {max} caracteres como máximo, sin espacios.',
    fix: 'Send the code of the method.',
  },
  COUNTRY_NOT_SERVED: {
    data: { country: 'string', countries: 'strings' },
    en: 'This shop does not deliver to {country} from here, only to {countries}.',
    es: 'Desde aquí no se entrega en {country}, solo en {countries}.',
    fix: 'Choose one of these countries, or a channel of another market.',
  },
})
