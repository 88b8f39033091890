import { startBroker } from '@hilo/broker'
import { silent, testDevices, testDisk } from '@hilo/broker/testing'
import { openStore, type Store } from '@hilo/store'
import { edgeApi } from '../api/edge-api.ts'
import { startBridge } from '../bridge.ts'
import type { Patience } from '../pipeline.ts'
import { EDGE_KEY, smallShop } from './small-shop.ts'

/** Waits of a few milliseconds, so that tests need not wait for real ones. */
export const QUICK: Patience = { backoff: { baseMs: 2, maxMs: 10, random: () => 1 }, many: 200, few: 3 }

/** How the network between the edge and the shop behaves. */
export type Weather = 'fine' | 'away' | 'answers get lost'

/** A shop on the network, and edges on database files. */
export const edgeRig = () => {
  const disk = testDisk()
  const devices = testDevices()
  const shop = smallShop(devices.passwords)
  const stops: (() => Promise<void>)[] = []
  const network = { weather: 'fine' as Weather }

  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    if (network.weather === 'away') throw new TypeError('fetch failed')
    const response = await shop.fetch(url, init)
    if (network.weather === 'answers get lost') throw new TypeError('fetch failed')
    return response
  }

  /** Starts an edge on a database file; the same name again continues where it stopped. */
  const start = async ({
    file = 'edge.sqlite',
    patience = QUICK,
    maxBytes,
    roundMs,
  }: { file?: string; patience?: Patience; maxBytes?: number; roundMs?: number } = {}) => {
    const store = openStore({ path: disk.path(file), maxBytes })
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
    const bridge = startBridge({ shop: 'demo', store, attachment, api, log: silent, patience, roundMs })
    const end = async () => {
      await broker.close()
      await bridge.close()
      await store.close()
    }
    let stopped: Promise<void> | undefined
    const stop = () => (stopped ??= end())
    stops.push(stop)
    return { broker, bridge, store, stop }
  }

  /** Leaves a database file as an edge before would have. */
  const prepare = async (change: (store: Store) => void): Promise<void> => {
    const store = openStore({ path: disk.path('edge.sqlite') })
    change(store)
    await store.close()
  }

  const close = async () => {
    await devices.disconnectAll()
    for (const stop of stops) await stop()
    disk.remove()
  }
  return { shop, network, prepare, start, close, ...devices, crashImage: disk.crashImage }
}
