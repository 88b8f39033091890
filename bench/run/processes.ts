import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { BenchRequest, ServerEnv } from '../scenario.ts'
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
  ]).finally(() => over.abort())) as [T & { failed?: string; kind?: string; reason?: string }]
  if (answer.failed ?? answer.kind === 'failed') throw new Error(answer.failed ?? answer.reason)
  return answer
}

/** Lets a process end by itself. */
export const end = async (child: ChildProcess): Promise<void> => {
  const exited = once(child, 'exit')
  child.disconnect()
  await exited
}

/** The process of one rung. */
export interface RungServer {
  readonly port: number
  readonly count: () => Promise<Counters>
  readonly ask: (request: BenchRequest) => Promise<string>
  readonly stop: () => Promise<void>
}

/** Starts the server of a rung in a process of its own. */
export const startRung = async (
  order: { readonly url: string; readonly scenario: string; readonly rung: string } & Pick<
    ServerEnv,
    'shop' | 'facts' | 'bytes'
  >,
): Promise<RungServer> => {
  const child = start('./server.ts')
  const message: ToServer = { kind: 'start', ...order }
  const { port } = await ask<Extract<FromServer, { kind: 'listening' }>>(child, message)
  return {
    port,
    count: () => ask<Extract<FromServer, { kind: 'counted' }>>(child, { kind: 'count' } satisfies ToServer),
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
    stop: () => end(child),
  }
}

/** Starts the process that makes the load. */
export const startLoad = () => {
  const child = start('./load.ts')
  return {
    run: async (order: LoadOrder): Promise<LoadReport> =>
      (await ask<{ report: LoadReport }>(child, order)).report,
    stop: () => end(child),
  }
}
