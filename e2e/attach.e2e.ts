import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { connectAsync } from 'mqtt'
import { MOSQUITTO, startMosquitto } from '../edge/bridge/src/testing/mosquitto.ts'
import type { DemoAccess } from '../apps/hilo/src/seed/demo-access.ts'
import { connectDevice } from './devices.ts'
import { freePorts } from './free.ts'
import { temporaryDataDir } from './hilo-process.ts'
import { startPostgres } from './postgres-process.ts'
import { run, runHilo, type Run } from './run-hilo.ts'

const BRIDGE_PASSWORD = 'the-password-of-the-bridges'

const dir = await temporaryDataDir()
const ends: (() => Promise<unknown>)[] = []

let hilo: { readonly url: string; readonly keys: readonly string[]; readonly demo: DemoAccess }

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  hilo = await startShop()
})

test.afterAll(async () => {
  for (const end of ends.toReversed()) await end()
  await dir.remove()
})

const untilTheEnd = (program: Run): Run => {
  ends.push(() => {
    program.child.kill('SIGTERM')
    return program.ended
  })
  return program
}

const readyOf = async (port: number) => {
  const response = await fetch(`http://127.0.0.1:${port}/ready`)
  const { problem } = (await response.json()) as { problem?: string }
  return { status: response.status, ...(problem && { problem }) }
}

/** The API with the worker on a Postgres of its own, and keys for two edges. */
const startShop = async () => {
  const [port] = await freePorts(1)
  const postgres = await startPostgres(join(dir.path, 'postgres'))
  ends.push(postgres.stop)
  const env = { DATABASE_URL: postgres.url! }
  const dataDir = join(dir.path, 'shop')
  const flags = ['--port', String(port), '--data-dir', dataDir]
  await untilTheEnd(runHilo(['start', '--role', 'api,worker', ...flags], { env })).said(/Hilo is running as/)
  const keys: string[] = []
  for (const name of ['One', 'Two']) {
    const made = runHilo(['key', 'create', '--name', name, '--data-dir', dataDir], { env })
    expect(await made.ended).toBe(0)
    keys.push(made.output().trim())
  }
  const demo = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as DemoAccess
  return { url: `http://127.0.0.1:${port}`, keys, demo }
}

test('a device buys through a Mosquitto that two edges have joined, and still does when one of them is killed', async () => {
  expect(existsSync(MOSQUITTO), 'this test needs Mosquitto: apt-get install mosquitto').toBe(true)
  const { shop, id, credential, slot } = hilo.demo.device
  const users = new Map([
    ['hilo', BRIDGE_PASSWORD],
    [id, credential],
  ])
  const mosquitto = await startMosquitto({ folder: join(dir.path, 'mosquitto'), users, hasRules: true })
  ends.push(mosquitto.stop)

  const ports = await freePorts(2)
  const edges = hilo.keys.map((key, at) => {
    const args = ['--port', String(ports[at]), '--data-dir', join(dir.path, `edge-${at}`)]
    const env = {
      API_URL: hilo.url,
      HILO_EDGE_KEY: key,
      HILO_MQTT_ATTACH: mosquitto.url,
      HILO_MQTT_PASSWORD: BRIDGE_PASSWORD,
      HILO_MQTT_TRUSTED: 'true',
      MQTT_PORT: '0',
    }
    return untilTheEnd(runHilo(['start', '--role', 'edge', ...args], { env }))
  })
  await Promise.all(edges.map(({ said }) => said(/Hilo is running as edge/)))
  const url = `mqtt://127.0.0.1:${mosquitto.port}`
  await expect(connectAsync(url, { username: id, password: 'wrong', reconnectPeriod: 0 })).rejects.toThrow()

  const own = `hilo/v1/${shop}/${id}/command/purchase`
  const device = await connectDevice(url, { id, credential, topics: [`${own}/reply/+`] })
  ends.push(device.close)
  const buy = async (): Promise<string> => {
    const rid = randomUUID()
    const request = JSON.stringify({ v: 1, slot, quantity: 1, test: true })
    await device.client.publishAsync(`${own}/request/${rid}`, request, { qos: 1 })
    return (await device.next<{ status: string }>(rid)).status
  }
  for (let turn = 0; turn < 4; turn += 1) expect(await buy()).toBe('TEST_PLACED')
  for (const port of ports) expect((await readyOf(port)).status).toBe(200)

  edges[0]!.child.kill('SIGKILL')
  await edges[0]!.ended
  for (let turn = 0; turn < 2; turn += 1) expect(await buy()).toBe('TEST_PLACED')
})

/** A program that cannot write files larger than this, as on a full disk. */
const withLargestFile = (kilobytes: number, args: readonly string[], env: Record<string, string>): Run => {
  const script = `trap '' XFSZ; ulimit -f ${kilobytes}; exec "$@"`
  return run('bash', ['-c', script, 'bash', process.execPath, 'apps/hilo/src/hilo.ts', ...args], { env })
}

test('an edge takes devices over TLS by its settings, and is not ready while its disk is full', async () => {
  const { shop, id, credential } = hilo.demo.device
  const cert = join(dir.path, 'cert.pem')
  const key = join(dir.path, 'key.pem')
  const subject = ['-subj', '/CN=edge', '-addext', 'subjectAltName=IP:127.0.0.1']
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  execFileSync('openssl', ['req', ...kind, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' })

  const [port] = await freePorts(1)
  const args = ['start', '--role', 'edge', '--port', String(port), '--data-dir', join(dir.path, 'edge-tls')]
  const env = { API_URL: hilo.url, HILO_EDGE_KEY: hilo.keys[0]!, MQTT_PORT: '0', HILO_MQTTS_PORT: '0' }
  const without = runHilo(args, { env })
  expect(await without.ended).toBe(1)
  expect(without.output()).toContain('needs a certificate and its key')

  const tls = { HILO_TLS_CERT_FILE: cert, HILO_TLS_KEY_FILE: key }
  const edge = untilTheEnd(withLargestFile(3_000, args, { ...env, ...tls }))
  const [, url] = await edge.said(/MQTT over TLS\s+(mqtts:\S+)/)
  const { port: mqttsPort } = new URL(url!)
  const who = { clientId: id, username: id, password: credential, reconnectPeriod: 0 }
  const address = `mqtts://127.0.0.1:${mqttsPort}`
  const client = await connectAsync(address, { ...who, ca: readFileSync(cert) })
  client.on('error', () => undefined)
  expect(await readyOf(port!)).toEqual({ status: 200 })

  const pad = 'x'.repeat(60_000)
  for (let sent = 0; sent < 90; sent += 1)
    client.publish(`hilo/v1/${shop}/${id}/command/price/request/${randomUUID()}`, pad, { qos: 1 })
  await expect
    .poll(() => readyOf(port!))
    .toEqual({
      status: 503,
      problem: expect.stringContaining('the edge cannot keep what devices send') as unknown,
    })
  await client.endAsync(true)
})
