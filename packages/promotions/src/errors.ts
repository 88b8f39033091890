import { defineRefusals } from '@hilo/kernel'

/** What promotions refuse. Carts and orders answer with `COUPON_UNKNOWN` and the limits too. */
export const PROMOTION_REFUSALS = defineRefusals({
  COUPON_UNKNOWN: {
    data: { coupon: 'string' },
    en: 'There is no coupon {coupon} here.',
    es: 'Aquí no existe el cupón {coupon}.',
    fix: 'Check the code: capitals and small letters are different.',
  },
  COUPON_PAUSED: {
    data: { coupon: 'string' },
    en: 'The coupon {coupon} is not valid for the moment: its promotion is paused.',
    es: 'El cupón {coupon} no es válido por ahora: su promoción está en pausa.',
    fix: 'Take the coupon off the cart, or try again when the promotion goes on.',
  },
  COUPON_SPENT: {
    data: { coupon: 'string' },
    en: 'The coupon {coupon} has been used as often as it can be.',
    es: 'El cupón {coupon} ya se ha usado todas las veces posibles.',
    fix: 'Take the coupon off the cart and place the order again.',
  },
  COUPON_HELD: {
    data: { coupon: 'string', until: 'time' },
    en: 'The coupon {coupon} is kept for somebody else, until {until} at the latest.',
    es: 'El cupón {coupon} está reservado para otra persona, como mucho hasta {until}.',
    fix: 'Try again then: what is kept and not ordered can be had again.',
  },
  COUPON_CUSTOMER_LIMIT: {
    data: { coupon: 'string', limit: 'int' },
    en: 'You have used the coupon {coupon} {limit} times, which is as often as one customer can.',
    es: 'Ya has usado el cupón {coupon} {limit} veces, el máximo por cliente.',
    fix: 'Take the coupon off the cart and place the order again.',
  },
  COUPON_NEEDS_CUSTOMER: {
    data: { coupon: 'string' },
    en: 'The coupon {coupon} asks who uses it: sign in or give an e-mail address.',
    es: 'El cupón {coupon} pide saber quién lo usa: inicia sesión o indica un correo electrónico.',
    fix: 'It is limited per customer, or to be kept for one: sign in, or set the e-mail address of the cart.',
  },
  COUPON_HOLD_LIMIT: {
    data: { max: 'int' },
    en: 'Coupons can be kept for at most {max} carts of one customer at once, one for each.',
    es: 'Solo se pueden reservar cupones para {max} carritos de un cliente a la vez, uno por carrito.',
    fix: 'Take the coupon off the other cart, or wait until it is kept no longer.',
  },
  OFFER_OVER: {
    data: { offer: 'string' },
    en: 'This offer is over: it was used, withdrawn or has expired.',
    es: 'Esta oferta ha terminado: ya se usó, se retiró o ha caducado.',
    fix: 'Read the cart again to see its new total, and place the order again.',
  },
  BUDGET_INVALID: {
    data: { reason: 'sentence' },
    en: '{reason}',
    es: '{reason}',
    fix: 'Send one amount for each currency, greater than zero.',
  },
  COUPON_BATCH_INVALID: {
    data: { reason: 'sentence' },
    en: '{reason}',
    es: '{reason}',
    fix: 'Correct the field named by path.',
  },
  COUPON_PATTERN_TOO_SHORT: {
    data: { count: 'int', need: 'int', have: 'int' },
    en: '{count} codes need at least {need} random signs each so that nobody can guess one; the pattern has {have}.',
    es: '{count} códigos necesitan al menos {need} signos al azar cada uno para que nadie los adivine; el patrón tiene {have}.',
    fix: 'Add # to the pattern, or ask for fewer codes.',
  },
  OFFER_INVALID: {
    data: { reason: 'sentence' },
    en: '{reason}',
    es: '{reason}',
    fix: 'Correct the field named by path.',
  },
  PROMOTION_SPENT: {
    data: { promotionId: 'string', name: 'string' },
    en: 'The promotion “{name}” has just ended: it has been used as often as it can be.',
    es: 'La promoción «{name}» acaba de terminar: ya se ha usado todas las veces posibles.',
    fix: 'Read the cart again to see its new total, and place the order again.',
  },
  PROMOTION_CUSTOMER_LIMIT: {
    data: { promotionId: 'string', name: 'string', limit: 'int' },
    en: 'You have used the promotion “{name}” {limit} times, which is as often as one customer can.',
    es: 'Ya has usado la promoción «{name}» {limit} veces, el máximo por cliente.',
    fix: 'Read the cart again to see its new total, and place the order again.',
  },
  PROMOTION_NEEDS_CUSTOMER: {
    data: { promotionId: 'string', name: 'string' },
    en: 'The promotion “{name}” is limited per customer: sign in or give an e-mail address.',
    es: 'La promoción «{name}» está limitada por cliente: inicia sesión o indica un correo electrónico.',
    fix: 'Sign in, or set the e-mail address of the cart.',
  },
  PROMOTION_NOT_PUBLISHED: {
    data: {},
    en: 'Only a published promotion can be paused.',
    es: 'Solo se puede pausar una promoción publicada.',
    fix: 'Read the promotion again: it is a draft, or paused already.',
  },
  PROMOTION_NOT_PAUSED: {
    data: {},
    en: 'Only a paused promotion can be resumed.',
    es: 'Solo se puede reanudar una promoción en pausa.',
    fix: 'Read the promotion again: it holds already, or was never published.',
  },
  PROMOTION_ARCHIVED: {
    data: {},
    en: 'This promotion is archived and cannot be changed.',
    es: 'Esta promoción está archivada y no se puede cambiar.',
    fix: 'Create a new promotion.',
  },
  TOO_MANY_AUTOMATIC: {
    data: { max: 'int' },
    en: 'At most {max} automatic promotions can be published at once.',
    es: 'Se pueden publicar como máximo {max} promociones automáticas a la vez.',
    fix: 'Archive one that is no longer needed; those whose time is over do not count.',
  },
  COUPON_CODE_INVALID: {
    data: { coupon: 'string' },
    en: '{coupon} is not a coupon code: use 1 to 64 letters, digits and signs of ASCII, without spaces.',
    es: '{coupon} no es un código de cupón: usa de 1 a 64 letras, cifras y signos de ASCII, sin espacios.',
    fix: 'Send another code.',
  },
  COUPON_CODE_TAKEN: {
    data: { coupon: 'string' },
    en: 'The coupon code {coupon} belongs to another promotion.',
    es: 'El código de cupón {coupon} es de otra promoción.',
    fix: 'Choose another code.',
  },
  COUPON_CODES_MISSING: {
    data: {},
    en: 'This promotion starts with a coupon but has no codes.',
    es: 'Esta promoción empieza con un cupón, pero no tiene códigos.',
    fix: 'Add a code, or make the promotion automatic.',
  },
  LIMIT_INVALID: {
    data: { limit: 'int', min: 'int', max: 'int' },
    en: 'A limit of {limit} is not possible: choose from {min} to {max}, or none.',
    es: 'Un límite de {limit} no es posible: elige de {min} a {max}, o ninguno.',
    fix: 'Send a whole number within the limits, or null.',
  },
  TOO_MANY_CODES: {
    data: { count: 'int', max: 'int' },
    en: 'A request takes at most {max} coupon codes, not {count}.',
    es: 'Una petición admite como máximo {max} códigos de cupón, no {count}.',
    fix: 'Add the codes in several requests.',
  },
})
