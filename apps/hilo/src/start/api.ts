import {
  assetImporter,
  createApi,
  createAssetRoutes,
  createBulkRoutes,
  createSocketServer,
  downloads,
  keepOperations,
  pictureTurns,
} from '@hilo/api'
import { EDGE_OPERATIONS } from '@hilo/bridge/operations'
import type { Database, EventFeed } from '@hilo/db'
import { systemClock } from '@hilo/kernel'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { assetDoorOf, assetStorageOf, uploadFolder } from './asset-storage.ts'
import { assets } from './assets.ts'
import { filesIn } from './files.ts'
import { downloadKeyOf, outboundOf, quotingOf } from './outbound.ts'
import type { Part } from './part.ts'

interface ApiOptions {
  readonly config: Config
  readonly database: Database
  readonly feed: EventFeed
  readonly logger: Logger
}

/** GraphQL over HTTP and WebSocket, and the shop's pictures. */
export const startApi = ({ config, database, feed, logger }: ApiOptions) => {
  const { trustedProxies, corsOrigin, limits, persistedOnly } = config
  const downloadKey = downloadKeyOf(config)
  const outbound = outboundOf(config)
  const storage = assetStorageOf(config)
  const folder = uploadFolder(config)
  const turns = pictureTurns()
  const plainDoor = assetDoorOf(config)
  const intake = { door: plainDoor, storage, folder, inTurn: turns.uploads }
  const door = {
    ...plainDoor,
    ...(outbound && { importFrom: assetImporter({ ...intake, outbound }) }),
  }
  const origins = corsOrigin === '*' ? '*' : corsOrigin.split(',')
  const api = createApi({
    database,
    feed,
    clock: systemClock,
    logger,
    corsOrigin: origins,
    trustedProxies,
    outbound,
    quoting: quotingOf(config),
    downloadKey,
    assets: door,
    limits,
    persistedOnly,
    builtInOperations: EDGE_OPERATIONS,
  })
  // For the version after this one: this one has them in memory.
  keepOperations(database.kysely, EDGE_OPERATIONS, systemClock).catch((error: unknown) =>
    logger.warn({ err: error }, 'the operations of the edge could not be kept'),
  )
  const sockets = createSocketServer(api, { trustedProxies })
  const part: Part = {
    handlers: {
      '/graphql': api.listener,
      '/assets': assets(
        createAssetRoutes({
          database,
          clock: systemClock,
          logger,
          storage,
          door,
          folder,
          turns,
          corsOrigin: origins,
        }),
      ),
      '/bulk': createBulkRoutes({ database, clock: systemClock, logger, maxBytes: config.bulkMaxBytes }),
      ...(downloadKey && {
        '/downloads': downloads({
          database,
          key: downloadKey,
          files: filesIn(config),
          assets: storage,
          clock: systemClock,
          logger,
        }),
      }),
    },
    upgrades: { '/graphql': sockets.handleUpgrade },
    close: sockets.close,
  }
  return { api, part }
}
