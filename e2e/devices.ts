import { connectAsync, type MqttClient } from 'mqtt'

/** A real MQTT client that remembers every message it got, in order. */
export interface TestDevice {
  readonly client: MqttClient
  /** The newest message of a topic that ends so, waited for when it is not there yet. */
  readonly next: <Message>(topicEnd: string, wanted?: (message: Message) => boolean) => Promise<Message>
  readonly close: () => Promise<void>
}

/** Connects as a device and subscribes to the topics given. */
export const connectDevice = async (
  mqtt: string,
  { id, credential, topics }: { id: string; credential: string; topics: readonly string[] },
): Promise<TestDevice> => {
  const client = await connectAsync(mqtt, {
    clientId: id,
    username: id,
    password: credential,
    clean: false,
    reconnectPeriod: 0,
  })
  const messages: { topic: string; message: unknown }[] = []
  client.on('message', (topic, payload) => {
    messages.push({ topic, message: payload.length > 0 ? JSON.parse(payload.toString()) : undefined })
  })
  if (topics.length > 0) await client.subscribeAsync([...topics], { qos: 1 })
  return {
    client,
    next: async <Message>(topicEnd: string, wanted: (message: Message) => boolean = () => true) => {
      for (;;) {
        const found = messages.find(
          ({ topic, message }) => topic.endsWith(topicEnd) && wanted(message as Message),
        )
        if (found) return found.message as Message
        await new Promise((resolve) => client.once('message', resolve))
      }
    },
    close: () => client.endAsync(true),
  }
}
