import { defineRefusals } from '@hilo/kernel'

/** Webhook endpoints of a shop at most. */
export const MAX_ENDPOINTS = 50

/** Event types, or patterns of them, of one endpoint at most. */
export const MAX_EVENT_TYPES = 50

/** Characters of what people note about an endpoint, at most. */
export const MAX_DESCRIPTION = 200

/** The refusals of webhooks. */
export const WEBHOOKS = defineRefusals({
  WEBHOOKS_NOT_SET_UP: {
    data: {},
    en: 'This shop cannot call other systems yet: it has no key to keep their secrets with.',
    es: 'Esta tienda aún no puede llamar a otros sistemas: le falta la clave con la que guardar sus secretos.',
    fix: 'Set HILO_SECRET_KEY to 32 random bytes in base64, the same for every process.',
  },
  WEBHOOK_URL_INVALID: {
    data: {},
    en: 'This is no address to call: it must begin with https://, without a name or password in it, on port 443 or one above 1023.',
    es: 'No es una dirección que se pueda llamar: debe empezar por https://, sin usuario ni contraseña, en el puerto 443 o uno mayor que 1023.',
    fix: 'Send an address such as https://hooks.example.com/hilo.',
  },
  WEBHOOK_URL_PRIVATE: {
    data: { host: 'string' },
    en: '{host} is inside a private network, which this shop does not call.',
    es: '{host} está en una red privada, y esta tienda no llama ahí.',
    fix: 'Use a public address, or allow the network with HILO_WEBHOOKS_ALLOW_PRIVATE.',
  },
  WEBHOOK_HOST_UNKNOWN: {
    data: { host: 'string' },
    en: 'There is no host {host}.',
    es: 'No existe el servidor {host}.',
    fix: 'Check the spelling, and that the name is in the public DNS.',
  },
  FILE_NOT_FETCHED: {
    data: { host: 'string', reason: 'sentence' },
    en: '{host} did not give the file: {reason}.',
    es: '{host} no ha entregado el archivo: {reason}.',
    fix: 'Open the address in a browser that is not signed in anywhere; what it shows is what the shop gets.',
  },
  WEBHOOK_EVENT_UNKNOWN: {
    data: { eventType: 'string' },
    en: 'Nothing is called {eventType}.',
    es: 'Nada se llama {eventType}.',
    fix: 'Use names of the query webhookEventTypes, or patterns such as order.* and *.',
  },
  WEBHOOK_EVENTS_INVALID: {
    data: { max: 'int' },
    en: 'Choose 1 to {max} kinds of event.',
    es: 'Elige de 1 a {max} tipos de suceso.',
    fix: 'Send at least one name or pattern, such as order.*.',
  },
  WEBHOOK_DESCRIPTION_TOO_LONG: {
    data: { max: 'int' },
    en: 'A description has at most {max} characters.',
    es: 'Una descripción tiene como mucho {max} caracteres.',
    fix: 'Shorten it.',
  },
  TOO_MANY_WEBHOOKS: {
    data: { max: 'int' },
    en: 'A shop has at most {max} webhook endpoints.',
    es: 'Una tienda tiene como mucho {max} destinos de webhooks.',
    fix: 'Delete one that is not used any more.',
  },
  WEBHOOK_INACTIVE: {
    data: {},
    en: 'This endpoint is switched off.',
    es: 'Este destino está desactivado.',
    fix: 'Switch it on first: webhookEndpointUpdate with active: true.',
  },
  WEBHOOK_REPLAY_TOO_OLD: {
    data: { days: 'int' },
    en: 'Deliveries can be sent again for {days} days.',
    es: 'Los envíos se pueden repetir durante {days} días.',
    fix: 'Choose a later moment.',
  },
})
