import { defineRefusals } from '@hilo/kernel'

/** What channels and markets refuse. */
export const CHANNELS = defineRefusals({
  TIME_ZONE_UNKNOWN: {
    data: { timeZone: 'string' },
    en: 'There is no time zone {timeZone}.',
    es: 'No existe la zona horaria {timeZone}.',
    fix: 'Send a name of the IANA time zone database, such as Europe/Madrid.',
  },
})
