// An edge in a process of its own: the built-in broker and the bridge on one store.
import { join } from 'node:path'
import { edgeApi, startBridge, type EdgeApi } from '@hilo/bridge'
import { startBroker } from '@hilo/broker'
import type { Logger } from '@hilo/protocol'
import { openStore } from '@hilo/store'
import { CHANNEL, SHOP } from './topics.ts'

/** A message to devices. */
export interface Publication {
  readonly topic: string
  readonly payload: string
  readonly retain: boolean
}

/** What the bench says to this process. */
export type ToEdge =
  | {
      readonly kind: 'start'
      readonly folder: string
      /** Without it every device is let in and what they ask waits on disk, as while the API is away. */
      readonly api?: { readonly url: string; readonly key: string }
    }
  | { readonly kind: 'publish'; readonly publications: readonly Publication[] }
  | { readonly kind: 'memory' }

const quiet = (): void => {}
const say = (...what: readonly unknown[]): void => console.error('edge:', ...what)
const log: Logger = { debug: quiet, info: quiet, warn: say, error: say }

const never = (signal?: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('closed')), { once: true })
  })

const away: EdgeApi = {
  asDevice: (_device, _document, _variables, signal) => never(signal),
  request: (_document, _variables, { signal }) => never(signal),
  // oxlint-disable-next-line require-yield -- nothing ever comes
  subscribe: async function* (_document, { signal }) {
    await never(signal)
  },
  authenticate: () => Promise.resolve({ ok: true, channels: [CHANNEL] }),
}

const start = async ({ folder, api: way }: Extract<ToEdge, { kind: 'start' }>) => {
  const store = openStore({ path: join(folder, 'store.sqlite') })
  const api = way ? edgeApi(way) : away
  const { port, attachment } = await startBroker({
    shop: SHOP,
    store,
    log,
    tcp: { host: '127.0.0.1', port: 0 },
    authenticate: api.authenticate,
    // All devices of the bench come from one address.
    limits: { connectionsPerAddress: 20_000 },
  })
  const bridge = startBridge({ shop: SHOP, store, attachment, api, log })
  if (way) await bridge.ready
  return { port: port!, attachment }
}

let running: ReturnType<typeof start> | undefined

const answer = async (message: ToEdge): Promise<object> => {
  if (message.kind === 'memory') return { bytes: process.memoryUsage.rss() }
  if (message.kind === 'start') {
    running = start(message)
    return { port: (await running).port }
  }
  const { attachment } = await running!
  const at = performance.timeOrigin + performance.now()
  await Promise.all(
    message.publications.map(({ topic, payload, retain }) =>
      attachment.publish(topic, Buffer.from(payload), { qos: 1, retain }),
    ),
  )
  return { at }
}

process.on('message', (message: ToEdge) => {
  answer(message).then(
    (answered) => process.send?.(answered),
    (error: unknown) => process.send?.({ failed: error instanceof Error ? error.stack : String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
