import { encodeId, newId } from '@hilo/kernel'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'

/** A device of the test: its id is its user name and client id. */
export interface TestDevice {
  readonly id: string
  readonly password: string
}

/** A message as a device got it. */
export interface Received {
  readonly topic: string
  readonly text: string
  readonly retain: boolean
}

/** Devices with their passwords, and real MQTT clients for them. */
export const testDevices = () => {
  const passwords = new Map<string, string>()
  const clients: MqttClient[] = []
  return {
    passwords,
    device: (): TestDevice => {
      const one = { id: encodeId('device', newId()), password: newId() }
      passwords.set(one.id, one.password)
      return one
    },
    /** Connects as a device; rejects with the return code as `code`. */
    connect: async (
      { broker }: { broker: { port: number | undefined } },
      { id, password }: TestDevice,
      options: IClientOptions = {},
    ): Promise<MqttClient> => {
      const who = { clientId: id, username: id, password, reconnectPeriod: 0 }
      const client = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, { ...who, ...options })
      client.on('error', () => {})
      clients.push(client)
      return client
    },
    disconnectAll: async (): Promise<void> => {
      await Promise.all(clients.map((client) => client.endAsync(true)))
    },
  }
}

/** The messages a client gets, one after the other. */
export const inboxOf = (client: MqttClient) => {
  const arrived: Received[] = []
  const waiting: ((message: Received) => void)[] = []
  client.on('message', (topic, payload, { retain }) => {
    const message = { topic, text: payload.toString(), retain }
    const next = waiting.shift()
    if (next) next(message)
    else arrived.push(message)
  })
  return {
    next: (): Promise<Received> => {
      const message = arrived.shift()
      return message ? Promise.resolve(message) : new Promise((resolve) => void waiting.push(resolve))
    },
  }
}

/** Resolves when the connection is over. */
export const closed = (client: MqttClient): Promise<void> =>
  client.connected ? new Promise((resolve) => void client.once('close', () => resolve())) : Promise.resolve()
