import { createApi, createSocketServer } from '@hilo/api'
import { startEventFeed } from '@hilo/db'
import { systemClock } from '@hilo/kernel'
import type { Config } from '../config.ts'
import { createLogger } from '../logger.ts'
import { bringUpToDate } from '../migrate.ts'
import { seedWhenEmpty } from '../seed/run-seed.ts'
import { buildAdmin, loadAdmin } from './admin.ts'
import { assets } from './assets.ts'
import { takeDataFolder } from './data-folder.ts'
import { openConfiguredDatabase } from './database.ts'
import { startEdge } from './edge.ts'
import { health, readiness } from './health.ts'
import { createHttpServer } from './http.ts'
import { listen, probe } from './ports.ts'
import { Shutdown } from './shutdown.ts'
import { summary } from './summary.ts'
import { startWorker } from './worker.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** `hilo start`: everything in one process. Returns when it is up; signals end it. */
export const start = async (config: Config): Promise<void> => {
  const logger = createLogger(config)
  const shutdown = new Shutdown(logger)
  shutdown.onSignals(say)
  await shutdown.watch(() => startAll(config, { logger, shutdown }))
}

const startAll = async (
  config: Config,
  { logger, shutdown }: { logger: ReturnType<typeof createLogger>; shutdown: Shutdown },
): Promise<void> => {
  const { host } = config
  const http = { host, port: config.port, setting: '--port', what: 'HTTP' }
  const mqtt = { host, port: config.mqttPort, setting: '--mqtt-port', what: 'MQTT' }
  shutdown.add('the data folder', takeDataFolder(config.dataDir))
  await probe(http)
  await probe(mqtt)
  const building = buildAdmin(say, shutdown.signal)
  building.catch(() => undefined)

  say('Starting the database …')
  const opened = await openConfiguredDatabase(config, { say, logger })
  shutdown.add('the database', opened.close)
  const { database } = opened
  const applied = await bringUpToDate(database.kysely)
  if (applied.length > 0) say(`Brought the tables up to date (${applied.length} steps)`)
  const demo = await seedWhenEmpty(config, { db: database.kysely, say })

  const feed = await startEventFeed(database, { logger })
  shutdown.add('the event feed', () => feed.close())
  const worker = startWorker({ database, feed, clock: systemClock, logger })
  shutdown.add('the worker', worker.close)

  const api = createApi({
    database,
    feed,
    clock: systemClock,
    logger,
    corsOrigin: config.corsOrigin === '*' ? '*' : config.corsOrigin.split(','),
  })
  const sockets = createSocketServer(api)
  const edge = await startEdge({ config, api, database, logger, mqtt })
  shutdown.add('the edge', edge.close)

  await building
  const admin = await loadAdmin(api)
  const server = createHttpServer({
    handlers: {
      '/': (_request, response) => response.writeHead(302, { location: '/admin' }).end(),
      '/graphql': (request, response) => api(request, response),
      '/assets': assets(),
      '/admin': admin,
      '/health': health,
      '/ready': readiness(database.kysely, () => shutdown.isClosing),
    },
    upgrades: { '/graphql': sockets.handleUpgrade, '/mqtt': edge.handleUpgrade },
  })
  const port = await listen(server.server, http)
  shutdown.add('HTTP', server.close)
  shutdown.add('live queries', sockets.close)
  await edge.ready
  shutdown.signal.throwIfAborted()
  logger.info({ host, port, mqttPort: edge.port, database: opened.shown }, 'started')
  say(summary({ host, port, mqttPort: edge.port, database: opened.shown, demo }))
}
