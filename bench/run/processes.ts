import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { BenchRequest, MeasureEnv, ServerEnv } from '../scenario.ts'
import type { LoadOrder, LoadReport } from './load.ts'
import type { Counters, FromServer, ToServer } from './server.ts'

/** Starts a process of the bench, by the name of its file from this folder. */
export const start = (file: string): ChildProcess =>
  fork(new URL(file, import.meta.url), { stdio: 'inherit' })

/** Sends a message and waits for the answer; one at a time. Rejects when the process ends or answers with a failure. */
export const ask = async <T>(child: ChildProcess, message: object): Promise<T> => {
  child.send(message)
  const over = new AbortController()
  const [answer] = (await Promise.race([
    once(child, 'message', { signal: over.signal }),
    once(child, 'exit', { signal: over.signal }).then(([code]) =>
      Promise.reject(new Error(`A bench process ended (${code})`)),
    ),
  ]).finally(() => over.abort())) as [T & { failed?: string }]
  if (answer.failed) throw new Error(answer.failed)
  return answer
}

/** Lets a process end by itself. */
export const end = async (child: ChildProcess): Promise<void> => {
  const exited = once(child, 'exit')
  child.disconnect()
  await exited
}

/** The server of one rung. */
export interface RungServer {
  readonly port: number
  readonly count: () => Promise<Counters>
  readonly ask: (request: BenchRequest) => Promise<string>
  readonly stop: () => Promise<void>
}

/** Which rung, on what. */
interface RungOrder extends Partial<Pick<ServerEnv, 'facts' | 'bytes'>> {
  readonly scenario: string
  readonly rung: string
}

/** Serves every rung of a quick run: loading the API would take longer than all that is asked of it. */
let shared: ChildProcess | undefined

/** Starts the server of a rung: in a process of its own, but in a quick run in one with all others. */
export const startRung = async (
  { url, shop, isQuick }: Pick<MeasureEnv, 'url' | 'shop' | 'isQuick'>,
  { facts = {}, bytes = 0, ...order }: RungOrder,
): Promise<RungServer> => {
  const child = isQuick ? (shared ??= start('./server.ts')) : start('./server.ts')
  const tell = <Kind extends FromServer['kind']>(message: ToServer) =>
    ask<Extract<FromServer, { kind: Kind }>>(child, message)
  const { port } = await tell<'listening'>({ kind: 'start', url, shop, facts, bytes, ...order })
  return {
    port,
    count: () => tell<'counted'>({ kind: 'count' }),
    ask: async ({ headers, body }) => {
      const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      })
      const text = await response.text()
      if (response.status !== 200)
        throw new Error(`${order.rung} answered ${response.status}: ${text.slice(0, 500)}`)
      return text
    },
    stop: async () => {
      if (isQuick) await tell<'stopped'>({ kind: 'stop', port })
      else await end(child)
    },
  }
}

/** Ends the process of a quick run's rungs, if there was one. */
export const endShared = async (): Promise<void> => {
  if (shared) await end(shared)
  shared = undefined
}

/** The process that makes the load; it starts with the first order. */
export const startLoad = () => {
  let child: ChildProcess | undefined
  return {
    run: async (order: LoadOrder): Promise<LoadReport> =>
      (await ask<{ report: LoadReport }>((child ??= start('./load.ts')), order)).report,
    stop: async () => {
      if (child) await end(child)
    },
  }
}
