// An edge in a process of its own, for the tests to kill: node edge-process.ts STORE PORT API_URL
import { startBroker } from '@hilo/broker'
import { silent } from '@hilo/broker/testing'
import { openStore } from '@hilo/store'
import { edgeApi } from '../api/edge-api.ts'
import { startBridge } from '../bridge.ts'
import { QUICK } from './rig.ts'
import { EDGE_KEY } from './small-shop.ts'

const [path, port, url] = process.argv.slice(2) as [string, string, string]
process.on('disconnect', () => process.exit())

const store = openStore({ path })
const api = edgeApi({ url, key: EDGE_KEY })
const broker = await startBroker({
  shop: 'demo',
  store,
  log: silent,
  authenticate: api.authenticate,
  tcp: { host: '127.0.0.1', port: Number(port) },
  limits: { packetsPerSecond: 10_000, burst: 10_000 },
})
startBridge({ shop: 'demo', store, attachment: broker.attachment, api, log: silent, patience: QUICK })
process.send?.(broker.port)
