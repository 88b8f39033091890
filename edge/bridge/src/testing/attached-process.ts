// A bridge in a process of its own, for the tests to kill: node attached-process.ts STORE ID BROKER_URL API_URL
import { silent } from '@hilo/broker/testing'
import { openStore } from '@hilo/store'
import { edgeApi } from '../api/edge-api.ts'
import { attachTo } from '../attach/attach.ts'
import { startBridge } from '../bridge.ts'
import { BRIDGE_PASSWORD } from './attached-rig.ts'
import { QUICK } from './rig.ts'
import { EDGE_KEY } from './small-shop.ts'

const [path, bridgeId, brokerUrl, apiUrl] = process.argv.slice(2) as [string, string, string, string]
process.on('disconnect', () => process.exit())

const store = openStore({ path })
const { attachment, ready } = attachTo({
  shop: 'demo',
  bridgeId,
  trusted: true,
  log: silent,
  backoff: QUICK.backoff,
  graceMs: 100,
  address: { url: brokerUrl, password: BRIDGE_PASSWORD },
})
const api = edgeApi({ url: apiUrl, key: EDGE_KEY })
startBridge({ shop: 'demo', store, attachment, api, log: silent, patience: QUICK })
await ready
process.send?.('ready')
