import type { DeviceMessage, Logger, PublishOptions } from '@hilo/protocol'
import type { Client } from 'aedes'
import { isLastingStatus } from './intake.ts'
import type { StoredPacket } from './persistence/packet.ts'
import type { Persistence } from './persistence/persistence.ts'

interface DepartureOptions {
  readonly persistence: Persistence
  readonly receive: (message: DeviceMessage) => Promise<void>
  readonly publish: (topic: string, payload: Uint8Array, options: PublishOptions) => Promise<void>
  readonly log: Logger
}

/** Wills that aedes cannot send: of devices that were connected when the broker stopped or was killed. */
export const departures = ({ persistence, receive, publish, log }: DepartureOptions) => {
  const announce = async (client: { id: string }, { topic = '', payload = '', qos = 0 }: StoredPacket) => {
    const bytes = Buffer.from(payload as Buffer)
    await receive({ topic, payload: bytes, qos, retain: true })
    if (isLastingStatus(topic, bytes)) await publish(topic, bytes, { qos: 1, retain: true })
    await persistence.delWill(client)
  }

  const announceLastRun = async () => {
    for await (const will of persistence.streamWill() as AsyncIterable<StoredPacket>)
      await announce({ id: will.clientId ?? '' }, will)
  }

  return {
    /** Resolves when the wills of the last run are out. */
    announceLastRun,
    /** Sends the will of a connected device before the broker stops. When that fails, the next start sends it. */
    say: async (client: Client): Promise<void> => {
      const will = await persistence.getWill(client)
      // Aedes would send it when the broker is half closed, and forget it.
      Object.assign(client, { will: null })
      if (!will) return
      await announce(client, will).catch((error: unknown) => {
        log.warn({ device: client.id, err: error }, 'will kept for the next start')
      })
    },
  }
}
