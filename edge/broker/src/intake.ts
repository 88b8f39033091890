import { decode, parseTopic, status, type DeviceMessage } from '@hilo/protocol'

type Handler = (message: DeviceMessage) => Promise<void>

/** Where messages from devices go. Before somebody takes them they wait, unacknowledged. */
export const intake = () => {
  const attached = Promise.withResolvers<void>()
  let handler: Handler = () => attached.promise
  return {
    attach: (given: Handler) => {
      handler = given
      attached.resolve()
    },
    /** Resolves when the message is taken for good: only then may the device be told so. */
    receive: async (message: DeviceMessage): Promise<void> => {
      await attached.promise
      await handler(message)
    },
  }
}

/** True for a status that says something: it is retained, whatever flag it came with. Nothing else from a device is. */
export const isLastingStatus = (topic: string, payload: Uint8Array): boolean =>
  parseTopic(topic)?.kind === 'status' && decode(status, payload).ok
