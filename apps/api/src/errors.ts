import { registerRefusals } from '@hilo/graphql'
import { defineRefusals } from '@hilo/kernel'

/** Refusals of the door itself, before any slice is asked. */
export const API_REFUSALS = defineRefusals({
  UNKNOWN_CHANNEL: {
    data: { channel: 'string' },
    en: 'There is no open channel {channel}.',
    es: 'No hay ningún canal abierto {channel}.',
    fix: 'Send one of the codes of the query `channels` in the header Hilo-Channel, or leave the header out.',
  },
  CSRF_HEADER_REQUIRED: {
    data: {},
    en: 'A request signed in by cookie needs the header Hilo-Csrf: 1.',
    es: 'Una petición con sesión por cookie necesita la cabecera Hilo-Csrf: 1.',
    fix: 'Add the header, which a foreign web page cannot, or sign in with a bearer token instead.',
  },
})

registerRefusals(API_REFUSALS.catalogue)
