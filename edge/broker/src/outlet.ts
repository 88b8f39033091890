import type { PublishOptions } from '@hilo/protocol'
import type { Aedes } from 'aedes'
import type { Persistence } from './persistence/persistence.ts'

/** Parts of aedes that its types leave out. */
interface Internals {
  counter: number
  readonly mq: { emit(packet: object, done: () => void): void }
}

/**
 * Publishes as the shop. Unlike `aedes.publish` it resolves when the message is kept, not when the slowest subscriber
 * has read it; and messages go out in the order they were given, however long each took to be kept.
 */
export const outlet = (aedes: Aedes, persistence: Persistence) => {
  const internals = aedes as unknown as Internals
  let turn: Promise<unknown> = Promise.resolve()

  return (topic: string, payload: Uint8Array, { qos, retain }: PublishOptions): Promise<void> => {
    internals.counter += 1
    const packet = {
      cmd: 'publish',
      brokerId: aedes.id,
      brokerCounter: internals.counter,
      topic,
      payload: Buffer.from(payload),
      qos,
      retain,
      dup: false,
    }
    const enqueue = async () => {
      if (qos > 0)
        await persistence.outgoingEnqueueCombi(await persistence.subscriptionsByTopic(topic), packet)
    }
    const kept = Promise.all([retain ? persistence.storeRetained(packet) : undefined, enqueue()])
    const sent = turn.then(() => kept).then(() => internals.mq.emit(packet, () => {}))
    turn = sent.catch(() => {})
    return sent
  }
}
