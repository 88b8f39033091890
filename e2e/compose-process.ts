import { readFileSync } from 'node:fs'
import { environmentOf, instructionsNamed, parseDockerfile } from '../tools/dockerfile.ts'
import { readCompose, type Service } from '../tools/compose.ts'
import { run, type Run } from './run-hilo.ts'

const { services } = readCompose()
const image = parseDockerfile(readFileSync('Dockerfile', 'utf8')).at(-1)!
const [, ...entrypoint] = instructionsNamed(image, 'ENTRYPOINT')[0]!.words!

/** What a container would have, and a process must be told: its ports, folders and neighbours. */
export interface Place {
  readonly port?: number
  readonly mqttPort?: number
  /** In place of /run/secrets. */
  readonly secrets: string
  /** In place of /var/lib/hilo. */
  readonly dataDir: string
  /** In place of http://api:4000. */
  readonly apiUrl?: string
}

const LOOPBACK = '127.0.0.1'

const environment = ({ environment: own }: Service, place: Place): Record<string, string> => {
  const given = { ...environmentOf(image), ...own }
  const names = Object.keys(given)
  const has = (name: string) => names.includes(name)
  return {
    ...Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        name,
        value
          .replace('/run/secrets', place.secrets)
          .replace('/var/lib/hilo', place.dataDir)
          .replace('http://api:4000', place.apiUrl ?? ''),
      ]),
    ),
    HOST: LOOPBACK,
    ...(has('HILO_TRUSTED_PROXIES') ? { HILO_TRUSTED_PROXIES: LOOPBACK } : {}),
    ...(place.port ? { PORT: String(place.port) } : {}),
    ...(has('MQTT_PORT') && place.mqttPort ? { MQTT_PORT: String(place.mqttPort) } : {}),
  }
}

const serviceOf = (name: string): Service => {
  const service = services[name]
  if (!service) throw new Error(`docker-compose.yml has no service ${name}`)
  return service
}

/** Runs the image's entry point with arguments, in the environment of a service. */
export const runIn = (name: string, args: readonly string[], place: Place): Run =>
  run(process.execPath, [...entrypoint, ...args], { env: environment(serviceOf(name), place) })

/** A service of the compose file as a process, with its own command line and environment. */
export const runService = (name: string, place: Place): Run =>
  runIn(name, serviceOf(name).command ?? [], place)

/** Runs the health check of a service as the engine would; gives its exit code. */
export const checkHealthOf = async (name: string, place: Place): Promise<number | NodeJS.Signals> => {
  const [kind, , ...args] = serviceOf(name).healthcheck.test ?? []
  if (kind !== 'CMD') throw new Error(`The health check of ${name} is no plain command`)
  const { ended } = run(process.execPath, args, { env: environment(serviceOf(name), place) })
  return ended
}
