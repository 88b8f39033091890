import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { context, metrics, propagation, trace } from '@opentelemetry/api'
import { counter, duration, inSpan } from '@hilo/telemetry'
import { afterEach, expect, test } from 'vitest'
import { guardMetrics } from './guard-metrics.ts'
import { startTelemetry } from './start-telemetry.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  for (const api of [context, metrics, propagation, trace]) api.disable()
})

const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  closing.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const start = (otlpEndpoint?: string) => {
  const telemetry = startTelemetry({ role: 'api', otlpEndpoint, traceRatio: 1 })
  closing.push(telemetry.close)
  return telemetry
}

test('what is measured stands in the text for Prometheus, with the process itself', async () => {
  const telemetry = start()
  duration('test_seconds', 'A test.')(120, { kind: 'a' })
  counter('test_things', 'Things.')(3)
  const url = await serve((request, response) => void telemetry.metrics(request, response, () => {}))
  const text = await (await fetch(url)).text()
  expect(text).toContain('test_seconds_bucket{kind="a",le="0.25"} 1')
  expect(text).toContain('test_things_total 3')
  expect(text).toMatch(/^hilo_process_resident_bytes \d{7,}/m)
  expect(text).toContain('hilo_event_loop_delay_seconds')
})

test('spans reach a collector, and none are made without one', async () => {
  const bodies: string[] = []
  const url = await serve((request, response) => {
    request.setEncoding('utf8')
    let body = ''
    request.on('data', (part: string) => (body += part))
    request.on('end', () => {
      bodies.push(`${request.url} ${body}`)
      response.end('{}')
    })
  })
  const telemetry = start(url)
  await inSpan('seen by the collector', {}, () => Promise.resolve())
  await telemetry.close()
  expect(bodies[0]).toMatch(/^\/v1\/traces .*seen by the collector/)
})

test('a collector that is not there neither fails nor holds up the end', async () => {
  const telemetry = start('http://127.0.0.1:9')
  await inSpan('lost', {}, () => Promise.resolve())
  await telemetry.close()
})

test('metrics are for whoever brings the token, and for nobody where no token is set', async () => {
  const metricsText = (_request: unknown, response: { end: (text: string) => void }) =>
    response.end('secret figures')
  const guarded = (options: Parameters<typeof guardMetrics>[1]) =>
    serve((request, response) => {
      void guardMetrics(metricsText, options)(request, response, () => response.writeHead(404).end())
    })
  const withToken = await guarded({ token: 'a-token', isOpen: true })
  expect((await fetch(withToken)).status).toBe(401)
  expect((await fetch(withToken, { headers: { authorization: 'Bearer other' } })).status).toBe(401)
  const allowed = await fetch(withToken, { headers: { authorization: 'Bearer a-token' } })
  expect(await allowed.text()).toBe('secret figures')
  expect((await fetch(await guarded({ token: undefined, isOpen: false }))).status).toBe(404)
  expect((await fetch(await guarded({ token: undefined, isOpen: true }))).status).toBe(200)
})
