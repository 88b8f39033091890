import type { DeviceMessage } from '@hilo/protocol'
import { openStore } from '@hilo/store'
import { startBroker, type BrokerOptions } from '../broker.ts'
import { testDevices } from './devices.ts'
import { testDisk } from './disk.ts'
import { silent } from './silent.ts'

/** Brokers on free ports with their stores, and devices that may sign in. */
export const brokerRig = () => {
  const disk = testDisk()
  const devices = testDevices()
  const stops: (() => Promise<void>)[] = []

  /** Starts a broker on a database file; the same name again continues where it stopped. */
  const start = async ({
    file = 'edge.sqlite',
    ...options
  }: Partial<BrokerOptions> & { file?: string } = {}) => {
    const store = openStore({ path: disk.path(file) })
    const received: DeviceMessage[] = []
    const broker = await startBroker({
      shop: 'demo',
      store,
      log: silent,
      tcp: { host: '127.0.0.1', port: 0 },
      authenticate: async ({ deviceId, password }) =>
        devices.passwords.get(deviceId) === password
          ? { ok: true, channels: ['coffee'] }
          : { ok: false, reason: 'wrong' },
      ...options,
    })
    broker.attachment.onMessage(async (message) => void received.push(message))
    let stopped: Promise<void> | undefined
    const stop = () => (stopped ??= broker.close().then(() => store.close()))
    stops.push(stop)
    return { broker, store, received, stop }
  }

  const close = async () => {
    await devices.disconnectAll()
    for (const stop of stops) await stop()
    disk.remove()
  }
  return { start, close, ...devices, crashImage: disk.crashImage }
}
