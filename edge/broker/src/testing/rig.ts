import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeId, newId } from '@hilo/kernel'
import type { DeviceMessage, Logger } from '@hilo/protocol'
import { openStore, type Store } from '@hilo/store'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import { startBroker, type Broker, type BrokerOptions } from '../broker.ts'

/** A device of the test: its id is its user name and client id. */
export interface TestDevice {
  readonly id: string
  readonly password: string
}

const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** A broker on a free port with its store, devices that may sign in, and real MQTT clients. */
export const brokerRig = () => {
  const folder = mkdtempSync(join(tmpdir(), 'hilo-broker-'))
  const passwords = new Map<string, string>()
  const clients: MqttClient[] = []
  const running: { broker: Broker; store: Store }[] = []
  let generation = 0

  /** Starts a broker on a database file; the same name again continues where it stopped. */
  const start = async (options: Partial<BrokerOptions> & { file?: string } = {}) => {
    const store = openStore({ path: join(folder, options.file ?? 'edge.sqlite') })
    const received: DeviceMessage[] = []
    const broker = await startBroker({
      shop: 'demo',
      store,
      log: silent,
      tcp: { host: '127.0.0.1', port: 0 },
      authenticate: async ({ deviceId, password }) =>
        passwords.get(deviceId) === password
          ? { ok: true, channels: ['coffee'] }
          : { ok: false, reason: 'wrong' },
      ...options,
    })
    broker.attachment.onMessage(async (message) => void received.push(message))
    running.push({ broker, store })
    const stop = async () => {
      await broker.close()
      await store.close()
    }
    return { broker, store, received, stop }
  }

  /** Copies what is on disk this moment, as a power cut would leave it, and gives the name of the copy. */
  const crashImage = (file = 'edge.sqlite'): string => {
    generation += 1
    const copy = `crash-${generation}.sqlite`
    for (const part of ['', '-wal'])
      if (existsSync(join(folder, file + part))) cpSync(join(folder, file + part), join(folder, copy + part))
    return copy
  }

  const device = (): TestDevice => {
    const one = { id: encodeId('device', newId()), password: newId() }
    passwords.set(one.id, one.password)
    return one
  }

  const connect = async (
    broker: Broker,
    who: TestDevice,
    options: IClientOptions = {},
  ): Promise<MqttClient> => {
    const client = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, {
      clientId: who.id,
      username: who.id,
      password: who.password,
      reconnectPeriod: 0,
      ...options,
    })
    clients.push(client)
    client.on('error', () => {})
    return client
  }

  const close = async () => {
    await Promise.all(clients.map((client) => client.endAsync(true)))
    for (const { broker, store } of running) {
      await broker.close()
      await store.close()
    }
    rmSync(folder, { recursive: true })
  }
  return { start, crashImage, device, connect, close, passwords }
}

/** The messages a client gets, as an async queue. */
export const inboxOf = (client: MqttClient) => {
  const arrived: { topic: string; text: string; retain: boolean; dup: boolean }[] = []
  const waiting: ((message: (typeof arrived)[number]) => void)[] = []
  client.on('message', (topic, payload, { retain, dup }) => {
    const message = { topic, text: payload.toString(), retain, dup }
    const next = waiting.shift()
    if (next) next(message)
    else arrived.push(message)
  })
  return {
    arrived,
    next: () => {
      const message = arrived.shift()
      if (message) return Promise.resolve(message)
      return new Promise<(typeof arrived)[number]>((resolve) => void waiting.push(resolve))
    },
  }
}

/** Resolves when the connection is over. */
export const closed = (client: MqttClient): Promise<void> =>
  client.connected ? new Promise((resolve) => void client.once('close', () => resolve())) : Promise.resolve()
