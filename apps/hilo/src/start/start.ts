import { systemClock } from '@hilo/kernel'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { createLogger } from '../logger.ts'
import { refuseUnsafeServer } from '../production.ts'
import type { Role } from '../settings.ts'
import { openTelemetry } from '../telemetry/open-telemetry.ts'
import { UserFacingError } from '../user-facing-error.ts'
import { adminBeside, adminOf } from './admin.ts'
import { buildAdmin } from './admin-build.ts'
import { startApi } from './api.ts'
import { assetStorageOf, uploadFolder } from './asset-storage.ts'
import { takeDataFolder } from './data-folder.ts'
import { openData } from './data.ts'
import { edgeAlone, edgeInThread, tlsOf, type Edge } from './edge.ts'
import { edgeKey } from './edge-key.ts'
import { outboundOf } from './outbound.ts'
import { probe, urlOf } from './ports.ts'
import { serve } from './serve.ts'
import { Shutdown } from './shutdown.ts'
import { summary } from './summary.ts'
import { startWorker } from './worker.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

interface Process {
  readonly config: Config
  readonly logger: Logger
  readonly shutdown: Shutdown
  readonly has: (role: Role) => boolean
}

/** `hilo start`: the roles of this process. Returns when they are up; signals end them. */
export const start = async (config: Config): Promise<void> => {
  refuseUnsafeServer(config)
  const logger = createLogger(config)
  const shutdown = new Shutdown(logger)
  const has = (role: Role): boolean => config.roles.includes(role)
  shutdown.onSignals(say)
  await shutdown.watch(() => startRoles({ config, logger, shutdown, has }))
}

/** Where the API of an edge or an admin is, when it is not in the same process. */
const apiElsewhere = ({ config, has }: Process): string | undefined => {
  if (has('api')) return undefined
  const alone = (['edge', 'admin'] as const).filter(has)
  if (alone.length > 0 && !config.apiUrl)
    throw new UserFacingError(
      `The ${alone.join(' and the ')} of this process needs to know where the API is: --api-url (API_URL), such as http://localhost:4000.`,
    )
  if (has('edge') && !config.edgeKey)
    throw new UserFacingError(
      'The edge of this process needs a key to the API: HILO_EDGE_KEY or HILO_EDGE_KEY_FILE. `npm run hilo key create` makes one.',
    )
  return config.apiUrl
}

const startRoles = async (process: Process): Promise<void> => {
  const { config, logger, shutdown, has } = process
  const { host } = config
  const http = { host, port: config.port, setting: '--port', what: 'HTTP' }
  const mqtt = { host, port: config.mqttPort, setting: '--mqtt-port', what: 'MQTT' }
  const remote = apiElsewhere(process)
  const tls = has('edge') ? tlsOf(config) : undefined
  const telemetry = openTelemetry(config, config.roles.join(','))
  shutdown.add('telemetry', telemetry.close)
  const usesDatabase = has('api') || has('worker')
  if (has('edge') || (usesDatabase && !config.databaseUrl))
    shutdown.add('the data folder', takeDataFolder(config.dataDir))
  await probe(http)
  if (has('edge')) await probe(mqtt)
  if (tls) await probe(tls)
  const building = has('admin') ? buildAdmin(say, shutdown.signal) : Promise.resolve()
  building.catch(() => undefined)

  const data = usesDatabase ? await openData({ config, say, logger, shutdown }) : undefined
  if (data && has('worker'))
    shutdown.add(
      'the worker',
      startWorker({
        ...data,
        clock: systemClock,
        logger,
        outbound: outboundOf(config),
        storage: assetStorageOf(config),
        uploads: uploadFolder(config),
        unusedDays: config.assetsUnusedDays,
        keepDays: config.bulkKeepDays,
      }).close,
    )
  const api = data && has('api') ? startApi({ ...data, config, logger }) : undefined
  const role = { config, mqtt, tls, logger, signal: shutdown.signal }
  const edge = has('edge')
    ? config.roles.length > 1
      ? edgeInThread(role, (reason) => shutdown.fail(`The edge ended by itself (${reason}).`))
      : edgeAlone(role)
    : undefined
  await building
  const admin = has('admin') ? await (api ? adminBeside(api.api) : adminOf(remote!)) : undefined

  const parts = [api?.part, edge?.part, admin, data && { problem: data.problem }, telemetry.part]
  const port = await serve(
    parts.filter((part) => part !== undefined),
    { http, shutdown, connections: config.maxConnections },
  )
  const ports = edge
    ? await runEdge(edge, process, {
        apiUrl: remote ?? urlOf(host, port),
        key: config.edgeKey ?? (await edgeKey(data!.database.kysely, config.dataDir)),
      })
    : undefined
  logger.info({ roles: config.roles, host, port, ...ports, database: data?.shown }, 'started')
  const { roles } = config
  say(summary({ host, port, roles, ...ports, database: data?.shown, demo: data?.demo }))
}

/** Starts the edge and waits until every price topic stands. */
const runEdge = async (edge: Edge, { shutdown }: Process, way: Parameters<Edge['start']>[0]) => {
  shutdown.add('the edge', edge.close)
  const { ready, ...ports } = await edge.start(way)
  await shutdown.unlessClosing(ready)
  return ports
}
