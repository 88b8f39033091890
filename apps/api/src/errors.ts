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
  REQUEST_TOO_LARGE: {
    data: { max: 'int' },
    en: 'A request has at most {max} bytes.',
    es: 'Una petición tiene como máximo {max} bytes.',
    fix: 'Send less at once: fewer lines, fewer ids, a shorter query. See docs/guides/limits.md.',
  },
  ENCODING_NOT_ACCEPTED: {
    data: { encoding: 'string' },
    en: 'A request cannot be sent as {encoding}.',
    es: 'Una petición no se puede enviar como {encoding}.',
    fix: 'Send the body as it is, without Content-Encoding.',
  },
  QUERY_LIMIT_EXCEEDED: {
    data: { limit: 'string', found: 'int', max: 'int' },
    en: 'This query is above the limit of {limit}: {found}, where {max} are allowed.',
    es: 'Esta consulta supera el límite de {limit}: {found}, cuando se permiten {max}.',
    fix: 'Split the query. The limits and their meaning are in docs/guides/limits.md.',
  },
  COST_LIMIT_EXCEEDED: {
    data: { cost: 'int', max: 'int' },
    en: 'This operation costs {cost} points, and one may cost {max}.',
    es: 'Esta operación cuesta {cost} puntos, y puede costar {max}.',
    fix: 'Ask for fewer rows with `first`, or for less of each; extensions.cost tells what an operation costs.',
  },
  TOO_MANY_SUBSCRIPTIONS: {
    data: { max: 'int' },
    en: 'There are {max} live queries open already, and no more are allowed.',
    es: 'Ya hay {max} consultas en vivo abiertas, y no se permiten más.',
    fix: 'Close what is not looked at; one subscription can serve many views.',
  },
  PERSISTED_OPERATION_NOT_FOUND: {
    data: { id: 'string' },
    en: 'There is no persisted operation {id}.',
    es: 'No existe la operación persistida {id}.',
    fix: 'Register it with persistedOperationsRegister, or send the query itself where that is allowed.',
  },
  PERSISTED_OPERATION_REQUIRED: {
    data: {},
    en: 'Only persisted operations are allowed here: send a documentId in place of the query.',
    es: 'Aquí solo se permiten operaciones persistidas: envía un documentId en lugar de la consulta.',
    fix: 'Register the operation with persistedOperationsRegister and send its documentId.',
  },
  PERSISTED_OPERATION_INVALID: {
    data: { name: 'string', reason: 'sentence' },
    en: 'The operation {name} cannot be registered: {reason}',
    es: 'La operación {name} no se puede registrar: {reason}',
    fix: 'Correct it against the schema; each document holds one operation with a name.',
  },
})

registerRefusals(API_REFUSALS.catalogue)
