import { parseTopic, UPWARD } from '@hilo/protocol'
import type { Adapter } from '../adapter.ts'

/** Devices made for Hilo: they say what Hilo says. */
export const hilo: Adapter = {
  filters: ['hilo/v1/#'],
  toHilo: (message, { shop }) => {
    const address = parseTopic(message.topic)
    return address?.shop === shop && UPWARD.has(address.kind) ? [message] : []
  },
  fromHilo: (message, { shop }) => {
    const address = parseTopic(message.topic)
    return address?.shop === shop && !UPWARD.has(address.kind) ? [message] : []
  },
}
