import { defineRefusals } from '@hilo/kernel'

/** What channels and markets refuse. */
export const CHANNELS = defineRefusals({
  LANGUAGE_INVALID: {
    data: { locale: 'string' },
    en: '{locale} is not a language.',
    es: '{locale} no es un idioma.',
    fix: 'Send a BCP 47 tag, such as es or pt-BR.',
  },
  LANGUAGE_NOT_LISTED: {
    data: { locale: 'string' },
    en: 'The language {locale} is not one of the shop’s.',
    es: 'El idioma {locale} no es uno de los de la tienda.',
    fix: 'List it among the languages first.',
  },
  TIME_ZONE_UNKNOWN: {
    data: { timeZone: 'string' },
    en: 'There is no time zone {timeZone}.',
    es: 'No existe la zona horaria {timeZone}.',
    fix: 'Send a name of the IANA time zone database, such as Europe/Madrid.',
  },
})
