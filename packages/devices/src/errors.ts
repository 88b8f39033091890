import { defineRefusals } from '@hilo/kernel'

/** The refusals of devices: what they may be, report and buy. `DEVICE_REVOKED` stands with access, which meets it first. */
export const DEVICES = defineRefusals({
  UNKNOWN_SLOT: {
    data: { slot: 'string' },
    en: 'This device has no slot {slot}.',
    es: 'Este dispositivo no tiene ninguna ranura {slot}.',
    fix: 'Bind the slot to a variant with deviceSlotSet, or send one of the slots of the device.',
  },
  UNKNOWN_SKU: {
    data: { sku: 'string' },
    en: 'There is nothing with the SKU {sku}.',
    es: 'No hay nada con el SKU {sku}.',
    fix: 'Send a SKU of the catalogue.',
  },
  SLOT_OR_SKU_REQUIRED: {
    data: {},
    en: 'Say what is meant: either a slot or a SKU.',
    es: 'Indica qué quieres: una ranura o un SKU.',
    fix: 'Send exactly one of slot and sku.',
  },
  VARIANT_OR_SKU_REQUIRED: {
    data: {},
    en: 'Say what goes into the slot: either a variant or a SKU.',
    es: 'Indica qué va en la ranura: una variante o un SKU.',
    fix: 'Send exactly one of variantId and sku.',
  },
  SLOT_NAME_INVALID: {
    data: { slot: 'string' },
    en: '{slot} is not a name of a slot.',
    es: '{slot} no es un nombre de ranura.',
    fix: 'Use 1 to 40 lower-case letters, digits and hyphens.',
  },
  TOO_MANY_SLOTS: {
    data: { max: 'int' },
    en: 'A device has at most {max} slots.',
    es: 'Un dispositivo tiene como máximo {max} ranuras.',
    fix: 'Remove a slot first.',
  },
  READING_NAME_INVALID: {
    data: { name: 'string' },
    en: '{name} is not a name of a reading.',
    es: '{name} no es un nombre de lectura.',
    fix: 'Use 1 to 40 letters, digits, dots, hyphens and underscores.',
  },
  TOO_MANY_READINGS: {
    data: { max: 'int' },
    en: 'A device has at most {max} readings.',
    es: 'Un dispositivo tiene como máximo {max} lecturas.',
    fix: 'Report under fewer names; a new value replaces the old one of its name.',
  },
  OWNER_REQUIRED: {
    data: {},
    en: 'Say whose device this is.',
    es: 'Indica de quién es el dispositivo.',
    fix: 'Staff send ownerId; a customer registers devices for themselves.',
  },
  CANCEL_WINDOW_INVALID: {
    data: { minutes: 'int', max: 'int' },
    en: 'A cancel window of {minutes} minutes is not possible: choose from 0 to {max}.',
    es: 'Un plazo de cancelación de {minutes} minutos no es posible: elige de 0 a {max}.',
    fix: 'Send minutes within the limits.',
  },
  POLICY_LIMIT_INVALID: {
    data: { amountMinor: 'int' },
    en: 'A limit cannot be negative.',
    es: 'Un límite no puede ser negativo.',
    fix: 'Send zero or more, or null for no purchases at all.',
  },
  CONSENT_MISSING: {
    data: { purpose: 'string' },
    en: 'The owner has not allowed that their devices buy.',
    es: 'El propietario no ha permitido que sus dispositivos compren.',
    fix: 'The owner allows it with consentSet.',
  },
  PURCHASES_OFF: {
    data: {},
    en: 'This device may not buy: its owner has set no limits for it.',
    es: 'Este dispositivo no puede comprar: su propietario no le ha fijado límites.',
    fix: 'The owner sets maxOrder and maxDay with deviceUpdate.',
  },
  QUANTITY_ABOVE_POLICY: {
    data: { quantity: 'int', max: 'int' },
    en: 'This device may buy at most {max} at once, not {quantity}.',
    es: 'Este dispositivo puede comprar como máximo {max} de una vez, no {quantity}.',
    fix: 'Ask for less, or the owner raises maxQuantity.',
  },
  ABOVE_POLICY: {
    data: { limit: 'money', amount: 'money' },
    en: 'This order of {amount} is above the limit of {limit} for one order.',
    es: 'Este pedido de {amount} supera el límite de {limit} por pedido.',
    fix: 'Ask for less, or the owner raises maxOrder.',
  },
  DAY_LIMIT: {
    data: { limit: 'money', amount: 'money' },
    en: 'With this order of {amount} the device would spend more than {limit} today.',
    es: 'Con este pedido de {amount} el dispositivo gastaría hoy más de {limit}.',
    fix: 'Try again tomorrow (UTC), or the owner raises maxDay.',
  },
  PRICE_ABOVE_EXPECTED: {
    data: { max: 'money', total: 'money' },
    en: 'The total is {total}, more than the {max} expected.',
    es: 'El total es {total}, más de los {max} esperados.',
    fix: 'Ask for the price again, and send the new maximum if it is fine.',
  },
  PURCHASE_TOO_OLD: {
    data: { sentAt: 'time', maxHours: 'int' },
    en: 'This request was sent more than {maxHours} hours ago.',
    es: 'Esta petición se envió hace más de {maxHours} horas.',
    fix: 'Ask again with a new request id if it is still wanted.',
  },
  SIGNATURE_REQUIRED: {
    data: {},
    en: 'A purchase over this broker must be signed by the device.',
    es: 'Una compra por este intermediario debe ir firmada por el dispositivo.',
    fix: 'Register a key with deviceKeySet and send the request signed; or, where the broker lets each device write below its own id only, declare it trusted.',
  },
  SIGNATURE_INVALID: {
    data: { reason: 'sentence' },
    en: 'The signature of this request does not hold: {reason}.',
    es: 'La firma de esta petición no es válida: {reason}.',
    fix: 'Sign the topic, a line feed and the text of the request with the key of the device; rid, ts and all that is asked stand in that text.',
  },
  PUBLIC_KEY_INVALID: {
    data: {},
    en: 'This is not an Ed25519 public key.',
    es: 'Esto no es una clave pública Ed25519.',
    fix: 'Send the 32 bytes of the key as base64url.',
  },
  UNKNOWN_ACTION: {
    data: { action: 'string', actions: 'strings' },
    en: 'This message cannot be answered with {action}.',
    es: 'Este mensaje no se puede responder con {action}.',
    fix: 'Send one of actions, or none to say only that it was seen.',
  },
  CHANNEL_CLOSED: {
    data: { channel: 'string' },
    en: 'The channel {channel} is closed.',
    es: 'El canal {channel} está cerrado.',
    fix: 'Move the device to an open channel.',
  },
})
