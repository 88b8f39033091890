import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Api } from '@hilo/api'
import { edgeApi, startBridge } from '@hilo/bridge'
import { startBroker, type Broker } from '@hilo/broker'
import { channelByCode, readShop } from '@hilo/channels'
import type { Database } from '@hilo/db'
import { newId, SYSTEM, systemClock } from '@hilo/kernel'
import { openStore } from '@hilo/store'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { UserFacingError } from '../user-facing-error.ts'
import { edgeKey } from './edge-key.ts'
import { portRefusal, type Wanted } from './ports.ts'

interface EdgeOptions {
  readonly config: Config
  readonly api: Api
  readonly database: Database
  readonly logger: Logger
  readonly mqtt: Wanted
}

/** The address in a request that never leaves the process. */
const IN_PROCESS = 'http://localhost/graphql'

/** What the edge must know of the shop it serves: its code, and the key it asks with. */
const identify = async ({ config, database }: EdgeOptions): Promise<{ shop: string; key: string }> => {
  const shop = await readShop(database.kysely)
  const channel = shop?.defaultChannelCode
    ? await channelByCode(database.kysely, shop.defaultChannelCode)
    : undefined
  if (!shop || !channel) {
    throw new UserFacingError('This database holds no shop yet. Run `npm run hilo seed` for the demo shop.')
  }
  const context = {
    db: database.kysely,
    actor: SYSTEM,
    channel,
    locale: channel.market.defaultLocale,
    now: systemClock,
    correlationId: newId(),
  }
  return { shop: shop.code, key: await edgeKey(context, join(config.dataDir, 'edge', 'key')) }
}

/** Starts the broker and the bridge on one store below the data folder; both reach the API without a network. */
export const startEdge = async (options: EdgeOptions) => {
  const { config, api, logger, mqtt } = options
  const { shop, key } = await identify(options)
  await mkdir(join(config.dataDir, 'edge'), { recursive: true })
  const store = openStore({ path: join(config.dataDir, 'edge', 'store.sqlite') })
  const way = edgeApi({
    url: IN_PROCESS,
    key,
    fetch: (input, init) => Promise.resolve(api.fetch(input, init)),
  })
  const broker: Broker = await startBroker({
    shop,
    store,
    log: logger,
    authenticate: way.authenticate,
    tcp: { host: mqtt.host, port: mqtt.port },
  }).catch(async (error: NodeJS.ErrnoException) => {
    await store.close()
    throw portRefusal(error.code, mqtt) ?? error
  })
  const bridge = startBridge({ shop, store, attachment: broker.attachment, api: way, log: logger })
  return {
    port: broker.port!,
    handleUpgrade: broker.handleUpgrade,
    /** Resolves when every price topic stands. */
    ready: bridge.ready,
    close: async (): Promise<void> => {
      // The broker says offline for its devices, and the bridge still has to take that.
      await broker.close()
      await bridge.close()
      await store.close()
    },
  }
}
