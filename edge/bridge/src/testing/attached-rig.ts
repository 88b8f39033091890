import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { silent, testDevices, testDisk } from '@hilo/broker/testing'
import { openStore } from '@hilo/store'
import { edgeApi } from '../api/edge-api.ts'
import { attachTo, type AttachOptions } from '../attach/attach.ts'
import { startBridge } from '../bridge.ts'
import { startMosquitto } from './mosquitto.ts'
import { QUICK } from './rig.ts'
import { EDGE_KEY, smallShop } from './small-shop.ts'

/** The password of the bridge at the broker of the test. */
export const BRIDGE_PASSWORD = 'bridge-secret'

/** A shop on the network, the real Mosquitto with some devices, and bridges attached to it. */
export const attachedRig = async ({ devices: count = 1, hasRules = true } = {}) => {
  const disk = testDisk()
  const devices = testDevices()
  const known = Array.from({ length: count }, devices.device)
  const shop = smallShop(devices.passwords)
  const http = createServer((request, response) => void shop.serve(request, response)).listen(0, '127.0.0.1')
  await once(http, 'listening')
  const apiUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`
  const users = new Map([['hilo', BRIDGE_PASSWORD], ...devices.passwords])
  const mosquitto = await startMosquitto({ folder: disk.path('mosquitto'), users, hasRules })
  const stops: (() => Promise<void>)[] = []

  /** Attaches a bridge; the same name again continues where it stopped. */
  const attach = async (bridgeId: string, options: Partial<AttachOptions> = {}) => {
    const store = openStore({ path: disk.path(`${bridgeId}.sqlite`) })
    const api = edgeApi({ url: apiUrl, key: EDGE_KEY })
    const attached = attachTo({
      shop: 'demo',
      bridgeId,
      trusted: hasRules,
      log: silent,
      backoff: QUICK.backoff,
      address: { url: mosquitto.url, password: BRIDGE_PASSWORD },
      ...options,
    })
    const { attachment } = attached
    const bridge = startBridge({ shop: 'demo', store, attachment, api, log: silent, patience: QUICK })
    const end = async () => {
      await attached.close()
      await bridge.close()
      await store.close()
    }
    let stopped: Promise<void> | undefined
    const stop = () => (stopped ??= end())
    stops.push(stop)
    await attached.ready
    return { attached, bridge, store, stop }
  }

  const close = async () => {
    await devices.disconnectAll()
    for (const stop of stops) await stop()
    await mosquitto.stop()
    http.closeAllConnections()
    http.close()
    disk.remove()
  }
  return { shop, apiUrl, known, mosquitto, attach, close, path: disk.path, connect: devices.connect }
}
