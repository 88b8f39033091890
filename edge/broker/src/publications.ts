import type { DeviceMessage, Logger } from '@hilo/protocol'
import type { Client, PublishPacket } from 'aedes'
import { mayPublish } from './access.ts'
import { isLastingStatus } from './intake.ts'
import type { Sessions } from './sessions.ts'

interface PublicationOptions {
  readonly sessions: Sessions
  readonly receive: (message: DeviceMessage) => Promise<void>
  readonly log: Logger
}

/**
 * Decides on each message a device sends. Aedes acknowledges as soon as this resolves, so it does when the message is
 * on disk. It rejects, which ends the connection, only for a forbidden topic and when the disk refuses.
 */
export const publications =
  ({ sessions, receive, log }: PublicationOptions) =>
  async (client: Client | null, packet: PublishPacket): Promise<void> => {
    const { topic, qos, retain } = packet
    const session = sessions.of(client)
    if (!session || !mayPublish(session.grants, topic)) {
      log.warn({ device: client?.id, topic }, 'forbidden topic')
      throw new Error('forbidden topic')
    }
    const payload = Buffer.from(packet.payload)
    packet.retain = isLastingStatus(topic, payload)
    try {
      await receive({ topic, payload, qos, retain })
    } catch (cause) {
      log.error({ device: client?.id, err: cause }, 'message not taken')
      throw cause
    }
  }
