import { connect, type Socket } from 'node:net'
import type { BenchRequest } from '../scenario.ts'
import { answers } from './answers.ts'

/** What the bench asks of the load process. */
export interface LoadOrder {
  readonly request: BenchRequest
  readonly port: number
  readonly seconds: number
  readonly connections: number
  /** How long a connection rests after an answer, in milliseconds; not at all when nothing is said. */
  readonly restMs?: number
}

/** What a run of load saw: times in milliseconds. */
export interface LoadReport {
  readonly requests: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly bytes: number
  /** Answers with another status than 200. */
  readonly failed: number
}

/** A request as it goes over the wire. */
const encodeRequest = ({ headers = {}, body }: BenchRequest): Buffer =>
  Buffer.from(
    [
      'POST /graphql HTTP/1.1',
      'host: 127.0.0.1',
      'connection: keep-alive',
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      '',
      body,
    ].join('\r\n'),
  )

interface Tally {
  readonly restMs: number
  readonly times: number[]
  bytes: number
  failed: number
}

/** One connection: the next request as soon as the answer to the last is whole. Resolves when the time is over. */
const client = (port: number, next: () => Buffer | undefined, tally: Tally): Promise<void> =>
  new Promise((resolve, reject) => {
    let sentAt = 0
    const send = (socket: Socket): void => {
      const request = next()
      if (!request) return void socket.end()
      sentAt = performance.now()
      socket.write(request)
    }
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => send(socket))
    socket.on(
      'data',
      answers(({ status, bytes }) => {
        tally.times.push(performance.now() - sentAt)
        tally.bytes = bytes
        if (status !== 200) tally.failed += 1
        if (tally.restMs > 0) setTimeout(send, tally.restMs, socket)
        else send(socket)
      }),
    )
    socket.on('error', reject)
    socket.on('close', () => resolve())
  })

const run = async ({ request, port, seconds, connections, restMs = 0 }: LoadOrder): Promise<LoadReport> => {
  const encoded = encodeRequest(request)
  const until = performance.now() + seconds * 1_000
  const next = (): Buffer | undefined => (performance.now() < until ? encoded : undefined)
  const tally: Tally = { restMs, times: [], bytes: 0, failed: 0 }
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: connections }, () => client(port, next, tally)))
  const took = (performance.now() - startedAt) / 1_000
  const times = Float64Array.from(tally.times).sort()
  const at = (share: number): number => times[Math.floor((times.length - 1) * share)] ?? 0
  return {
    requests: times.length,
    perSecond: times.length / took,
    p50: at(0.5),
    p99: at(0.99),
    bytes: tally.bytes,
    failed: tally.failed,
  }
}

process.on('message', (order: LoadOrder) => {
  run(order).then(
    (report) => process.send?.({ report }),
    (error: unknown) => process.send?.({ failed: error instanceof Error ? error.stack : String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
