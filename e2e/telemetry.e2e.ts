import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { connectDevice } from './devices.ts'
import { read } from './graphql.ts'
import { startHilo, type HiloProcess } from './hilo-process.ts'
import { seededDataDir } from './seeded-shop.ts'

interface Span {
  readonly traceId: string
  readonly name: string
}

interface Exported {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[]
}

/** A collector of OpenTelemetry that remembers every span it is sent; it also takes webhooks, and forgets them. */
class Collector {
  readonly #server: Server
  readonly #spans: Span[] = []
  #heard: () => void = () => {}

  constructor() {
    this.#server = createServer((request, response) => {
      let body = ''
      request.setEncoding('utf8').on('data', (part: string) => (body += part))
      request.on('end', () => {
        if (request.url !== '/v1/traces') return void response.writeHead(204).end()
        const { resourceSpans } = JSON.parse(body) as Exported
        this.#spans.push(
          ...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
        )
        response.end('{}')
        return this.#heard()
      })
    })
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** The names of the spans of a trace, once all of these are there. */
  async namesOf(traceId: string, wanted: readonly string[]): Promise<ReadonlySet<string>> {
    for (;;) {
      const names = new Set(this.#spans.filter((span) => span.traceId === traceId).map(({ name }) => name))
      if (wanted.every((name) => names.has(name))) return names
      await new Promise<void>((resolve) => (this.#heard = resolve))
    }
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

const collector = new Collector()
const token = randomUUID()
let collectorUrl: string
let dataDir: Awaited<ReturnType<typeof seededDataDir>>
let hilo: HiloProcess

test.beforeAll(async () => {
  test.setTimeout(180_000)
  dataDir = await seededDataDir()
  collectorUrl = await collector.open()
  hilo = await startHilo(dataDir.path, {
    args: ['--role', 'api,worker,edge'],
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl,
      HILO_METRICS_TOKEN: token,
      HILO_WEBHOOKS_ALLOW_PRIVATE: 'true',
    },
  })
})

test.afterAll(async () => {
  await hilo.stop()
  collector.close()
  await dataDir.remove()
})

test('the press of a button, the order, and what follows are one trace, named in the log of events', async () => {
  test.setTimeout(120_000)
  const staff = { web: hilo.web, headers: { authorization: `Bearer ${await staffToken()}` } }
  const { webhookEndpointCreate } = await read<{ webhookEndpointCreate: { userErrors: unknown[] } }>(
    staff,
    'mutation ($input: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $input) { userErrors { code } } }',
    { input: { url: `${collectorUrl}/hook`, eventTypes: ['order.placed'] } },
  )
  expect(webhookEndpointCreate.userErrors).toEqual([])
  const { device } = hilo.demo
  const below = `hilo/v1/${device.shop}/${device.id}`
  const machine = await connectDevice(hilo.mqtt, { ...device, topics: [`${below}/#`] })
  const rid = randomUUID()
  const traceId = randomUUID().replaceAll('-', '')
  const purchase = { v: 1, slot: device.slot, quantity: 1, traceparent: `00-${traceId}-b7ad6b7169203331-01` }
  await machine.client.publishAsync(`${below}/command/purchase/request/${rid}`, JSON.stringify(purchase), {
    qos: 1,
  })
  const reply = await machine.next<{ status: string }>(`purchase/reply/${rid}`)
  expect(reply.status).toBe('PLACED')
  await machine.close()
  const names = await collector.namesOf(traceId, [
    'mqtt receive purchase',
    'mqtt handle purchase',
    'POST /graphql',
    'graphql execute',
    'sql insert',
    'job notifications',
    'webhook send',
  ])
  expect([...names]).toContain('sql select')

  const { orders } = await read<{ orders: { nodes: { id: string }[] } }>(
    staff,
    '{ orders(first: 1) { nodes { id } } }',
  )
  const { auditEntries } = await read<{ auditEntries: { nodes: { correlationId: string | null }[] } }>(
    staff,
    'query ($id: ID!) { auditEntries(first: 5, where: { subject: $id }) { nodes { correlationId } } }',
    { id: orders.nodes[0]!.id },
  )
  expect(auditEntries.nodes.map(({ correlationId }) => correlationId)).toContain(traceId)
})

const staffToken = async (): Promise<string> => {
  const { staffSignIn } = await read<{ staffSignIn: { token: string } }>(
    { web: hilo.web },
    'mutation ($input: StaffSignInInput!) { staffSignIn(input: $input) { token } }',
    { input: hilo.demo.staff },
  )
  return staffSignIn.token
}

const metricsAt = async (path: string): Promise<string> => {
  const response = await fetch(`${hilo.web}${path}`, { headers: { authorization: `Bearer ${token}` } })
  expect(response.status).toBe(200)
  return response.text()
}

/** Asks as a guest until the answer comes from memory. */
const askTwice = async (): Promise<void> => {
  for (let isHit = false; !isHit;) {
    const response = await fetch(`${hilo.web}/graphql?query={products(first:1){nodes{id}}}`)
    await response.text()
    isHit = response.headers.has('age')
  }
}

test('every panel of the dashboard shows a metric that is there', async () => {
  await askTwice()
  const exported = (await metricsAt('/metrics')) + (await metricsAt('/edge/metrics'))
  const dashboard = await readFile('docs/observability/grafana-dashboard.json', 'utf8')
  const named = new Set(dashboard.match(/\bhilo_[a-z_]+/g))
  expect(named.size).toBeGreaterThan(10)
  for (const name of named) expect(exported, name).toContain(name)
})

test('metrics are told to nobody without the token', async () => {
  for (const path of ['/metrics', '/edge/metrics']) {
    const response = await fetch(`${hilo.web}${path}`)
    expect(response.status).toBe(401)
    expect(await response.text()).not.toContain('hilo_')
  }
})
