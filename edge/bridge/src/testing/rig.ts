import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBroker } from '@hilo/broker'
import { encodeId, newId } from '@hilo/kernel'
import type { Logger } from '@hilo/protocol'
import { openStore } from '@hilo/store'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import { edgeApi } from '../api/edge-api.ts'
import { startBridge } from '../bridge.ts'
import type { Patience } from '../pipeline.ts'
import { EDGE_KEY, smallShop } from './small-shop.ts'

const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** Waits of a few milliseconds, so that tests need not wait for real ones. */
export const QUICK: Patience = { backoff: { baseMs: 2, maxMs: 10, random: () => 1 }, many: 200, few: 3 }

/** How the network between the edge and the shop behaves. */
export type Weather = 'fine' | 'away' | 'answers get lost'

/** A shop on the network, edges on database files, devices, and real MQTT clients. */
export const edgeRig = () => {
  const folder = mkdtempSync(join(tmpdir(), 'hilo-bridge-'))
  const shop = smallShop()
  const clients: MqttClient[] = []
  const stops: (() => Promise<void>)[] = []
  const network = { weather: 'fine' as Weather }
  let images = 0

  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    if (network.weather === 'away') throw new TypeError('fetch failed')
    const response = await shop.fetch(url, init)
    if (network.weather === 'answers get lost') throw new TypeError('fetch failed')
    return response
  }

  const start = async ({ file = 'edge.sqlite', patience = QUICK } = {}) => {
    const store = openStore({ path: join(folder, file) })
    const api = edgeApi({ url: 'http://shop.internal/graphql', fetch, key: EDGE_KEY })
    const tcp = { host: '127.0.0.1', port: 0 }
    const broker = await startBroker({
      shop: 'demo',
      store,
      log: silent,
      tcp,
      authenticate: api.authenticate,
    })
    const { attachment } = broker
    const bridge = startBridge({ shop: 'demo', store, attachment, api, log: silent, patience })
    let stopped: Promise<void> | undefined
    const stop = () =>
      (stopped ??= (async () => {
        await broker.close()
        await bridge.close()
        await store.close()
      })())
    stops.push(stop)
    return { broker, bridge, store, stop }
  }

  const device = () => {
    const one = { id: encodeId('device', newId()), password: newId() }
    shop.passwords.set(one.id, one.password)
    return one
  }

  const connect = async (
    edge: { broker: { port: number | undefined } },
    who: { id: string; password: string },
    options: IClientOptions = {},
  ): Promise<MqttClient> => {
    const client = await connectAsync(`mqtt://127.0.0.1:${edge.broker.port}`, {
      clientId: who.id,
      username: who.id,
      password: who.password,
      reconnectPeriod: 0,
      ...options,
    })
    client.on('error', () => {})
    clients.push(client)
    return client
  }

  return {
    shop,
    network,
    start,
    device,
    connect,
    /** Copies what is on disk this moment, as a power cut would leave it, and gives the name of the copy. */
    crashImage: (file = 'edge.sqlite'): string => {
      images += 1
      const copy = `crash-${images}.sqlite`
      for (const part of ['', '-wal'])
        if (existsSync(join(folder, file + part)))
          cpSync(join(folder, file + part), join(folder, copy + part))
      return copy
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.endAsync(true)))
      for (const stop of stops) await stop()
      rmSync(folder, { recursive: true })
    },
  }
}

/** The messages a client gets, as an async queue. */
export const inboxOf = (client: MqttClient) => {
  const arrived: { topic: string; text: string; body: Record<string, unknown>; retain: boolean }[] = []
  const waiting: ((message: (typeof arrived)[number]) => void)[] = []
  client.on('message', (topic, payload, { retain }) => {
    const text = payload.toString()
    const message = { topic, text, body: text ? JSON.parse(text) : {}, retain }
    const next = waiting.shift()
    if (next) next(message)
    else arrived.push(message)
  })
  return {
    arrived,
    next: (): Promise<(typeof arrived)[number]> => {
      const message = arrived.shift()
      return message ? Promise.resolve(message) : new Promise((resolve) => void waiting.push(resolve))
    },
  }
}
