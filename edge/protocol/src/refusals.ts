import { defineRefusals } from '@hilo/kernel'

/** The refusals that the edge itself gives, before the API is asked. */
export const EDGE = defineRefusals({
  PAYLOAD_TOO_LARGE: {
    data: { bytes: 'int', max: 'int' },
    en: 'The payload has {bytes} bytes; the limit is {max}.',
    es: 'El mensaje tiene {bytes} bytes; el límite es {max}.',
    fix: 'Send less in one message.',
  },
  INVALID_UTF8: {
    data: {},
    en: 'The payload is not UTF-8.',
    es: 'El mensaje no es UTF-8.',
    fix: 'Encode the payload as UTF-8.',
  },
  INVALID_JSON: {
    data: {},
    en: 'The payload is not JSON.',
    es: 'El mensaje no es JSON.',
    fix: 'Send one JSON value.',
  },
  PROTOCOL_VERSION_NOT_SUPPORTED: {
    data: { version: 'string', supported: 'string' },
    en: 'Version {version} is not understood; use {supported}.',
    es: 'No se entiende la versión {version}; usa la {supported}.',
    fix: 'Send "v": 1.',
  },
  VERB_NOT_SUPPORTED: {
    data: { verb: 'string' },
    en: 'There is no command {verb}.',
    es: 'No existe la orden {verb}.',
    fix: 'Use price, purchase, confirm, cancel or time.',
  },
  CONFIRMATION_NOT_EXPECTED: {
    data: {},
    en: 'Nothing waits for a confirmation.',
    es: 'No hay nada pendiente de confirmar.',
    fix: 'Confirm only what was answered with CONFIRMATION_NEEDED.',
  },
  RETAINED_REQUEST: {
    data: {},
    en: 'A request must not be retained.',
    es: 'Una petición no puede ser retenida.',
    fix: 'Publish it again with a new rid and without the retain flag.',
  },
  UNAVAILABLE: {
    data: {},
    en: 'The shop could not answer. Send the same request again later.',
    es: 'La tienda no ha podido responder. Repite la misma petición más tarde.',
    fix: 'Repeat the request with the same rid: it is never done twice.',
  },
})
