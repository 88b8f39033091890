import { createReadStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { addressOf, trustedNetworks } from '@hilo/api/client-address'
import { attachTo, bridgeId, edgeApi, startBridge, type EdgeApi } from '@hilo/bridge'
import { startBroker, type Broker } from '@hilo/broker'
import { ClientError, defaultBackoff, delayAfter, pause } from '@hilo/client'
import { openStore, type Store } from '@hilo/store'
import type { Logger } from 'pino'
import { UserFacingError } from '../user-facing-error.ts'
import { bringsToken } from './bearer.ts'
import type { Handler } from './http.ts'
import { portRefusal, type Wanted } from './ports.ts'

/** A broker that somebody else runs. */
export interface Attach {
  readonly url: string
  readonly password: string | undefined
  readonly trusted: boolean
  readonly shared: boolean
}

/** Where to listen for MQTT over TLS, with paths of PEM files. */
export interface TlsWanted extends Wanted {
  readonly cert: string
  readonly key: string
}

/** What the edge needs: where the API is, its key, and a folder; no database. */
export interface EdgeOptions {
  readonly apiUrl: string
  readonly key: string
  /** Keeps the store, so that nothing acknowledged is lost. */
  readonly folder: string
  readonly mqtt: Wanted
  /** Without it devices cannot come over TLS. */
  readonly tls: TlsWanted | undefined
  /** A broker to join in place of the built-in one. */
  readonly attach: Attach | undefined
  /** Networks of proxies whose word on a device's address is believed. */
  readonly trustedProxies: readonly string[]
  readonly logger: Logger
  readonly signal: AbortSignal
}

/** A running edge. */
export interface EdgeServer {
  readonly port: number
  /** Where devices come over TLS. */
  readonly tlsPort: number | undefined
  /** Why it takes nothing from devices now, in words; undefined while it does. */
  readonly problem: () => Promise<string | undefined>
  readonly handleUpgrade: Broker['handleUpgrade']
  /** Gives a copy of the store to whoever has the edge's key. */
  readonly handle: Handler
  /** Resolves when every price topic stands. */
  readonly ready: Promise<void>
  readonly close: () => Promise<void>
}

/** The shop's code, asked for until the API answers. Throws when it never will: a wrong key, or no shop. */
const shopCode = async (api: EdgeApi, { apiUrl, logger, signal }: EdgeOptions): Promise<string> => {
  for (let failures = 1; ; failures += 1) {
    try {
      const { shop } = await api.request<{ shop: { code: string } | null }>(
        'query Shop { shop { code } }',
        {},
        { signal },
      )
      if (shop) return shop.code
      throw new UserFacingError(`The API at ${apiUrl} holds no shop yet.`)
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ClientError)) throw error
      if (!error.retryable)
        throw new UserFacingError(
          `The API at ${apiUrl} refuses the edge: ${error.message} (${error.code}). Is HILO_EDGE_KEY a key of this shop?`,
        )
      logger.warn({ err: error, apiUrl }, 'the API does not answer yet')
      await pause(delayAfter(failures, defaultBackoff), signal)
    }
  }
}

/** Answers `GET /edge/store` with a copy of the store, to who has the key. */
const storeCopy = (store: Store, { folder, key, logger }: EdgeOptions): Handler => {
  let copies = 0
  return async (request, response, next) => {
    if (request.url !== '/edge/store' || !bringsToken(request, key)) return next()
    copies += 1
    const path = join(folder, `copy-${copies}.sqlite`)
    try {
      await rm(path, { force: true })
      store.copyTo(path)
      const { size } = await stat(path)
      response.writeHead(200, { 'content-type': 'application/vnd.sqlite3', 'content-length': size })
      await pipeline(createReadStream(path), response)
    } catch (error) {
      logger.error({ err: error }, 'the copy of the edge store failed')
      response.destroy()
    } finally {
      await rm(path, { force: true })
    }
  }
}

const storeProblem = (store: Store) => (): Promise<string | undefined> => {
  const trouble = store.trouble()
  return Promise.resolve(trouble && `the edge cannot keep what devices send: ${trouble}`)
}

/** The sentence for a broker that cannot listen, or the error as it is when there is none. */
const listenRefusal = (error: NodeJS.ErrnoException, { mqtt, tls }: EdgeOptions): Error => {
  const { code, port } = error as NodeJS.ErrnoException & { readonly port?: number }
  const refusal = portRefusal(code, tls && port === tls.port ? tls : mqtt)
  if (refusal || !tls || error.syscall === 'listen') return refusal ?? error
  return new UserFacingError(
    `HILO_TLS_CERT_FILE and HILO_TLS_KEY_FILE cannot be used: ${error.message}. Both must be PEM files that belong together.`,
  )
}

/** Starts the broker and the bridge on one store; they reach the API over HTTP, wherever it is. */
export const startEdge = async (options: EdgeOptions): Promise<EdgeServer> => {
  const { apiUrl, key, folder, mqtt, tls, logger } = options
  const api = edgeApi({ url: new URL('/graphql', apiUrl).href, key })
  const shop = await shopCode(api, options)
  await mkdir(folder, { recursive: true })
  const store = openStore({ path: join(folder, 'store.sqlite') })
  if (options.attach) {
    const { url, password, trusted, shared } = options.attach
    const joined = attachTo({
      address: { url, password },
      shop,
      bridgeId: bridgeId(store),
      trusted,
      shared,
      log: logger,
    })
    const bridge = startBridge({ shop, store, attachment: joined.attachment, api, log: logger })
    return {
      port: Number(new URL(url).port) || mqtt.port,
      tlsPort: undefined,
      problem: storeProblem(store),
      handleUpgrade: (_request, socket) =>
        void socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n'),
      handle: storeCopy(store, options),
      ready: Promise.all([joined.ready, bridge.ready]).then(() => undefined),
      close: async () => {
        await joined.close()
        await bridge.close()
        await store.close()
      },
    }
  }
  const isTrusted = trustedNetworks(options.trustedProxies)
  const broker = await startBroker({
    shop,
    store,
    log: logger,
    authenticate: api.authenticate,
    tcp: { host: mqtt.host, port: mqtt.port },
    ...(tls && { tls }),
    addressOf: (request) => addressOf(request, isTrusted),
  }).catch(async (error: NodeJS.ErrnoException) => {
    await store.close()
    throw listenRefusal(error, options)
  })
  const bridge = startBridge({ shop, store, attachment: broker.attachment, api, log: logger })
  return {
    port: broker.port!,
    tlsPort: broker.tlsPort,
    problem: storeProblem(store),
    handleUpgrade: broker.handleUpgrade,
    handle: storeCopy(store, options),
    ready: bridge.ready,
    close: async () => {
      // The broker says offline for its devices, and the bridge still has to take that.
      await broker.close()
      await bridge.close()
      await store.close()
    },
  }
}
