import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { productListRequest } from '../plain/documents.ts'
import { startLoad, startRung } from '../run/processes.ts'
import { atMost, type MeasuredRung, type Scenario } from '../scenario.ts'

const BARE = `import { createServer } from 'node:http'
import pg from 'pg'
const client = new pg.Client(process.argv[1])
await client.connect()
await client.query('select 1')
createServer().listen(0, () => process.exit(0))`

/** Milliseconds from the start of a process until it serves. */
const bareStart: MeasuredRung = {
  label: 'node:http and one connection',
  measure: async ({ url }) => {
    const startedAt = performance.now()
    const child = spawn(process.execPath, ['--input-type=module', '-e', BARE, url], { stdio: 'inherit' })
    await once(child, 'exit')
    return { startMs: performance.now() - startedAt }
  },
}

const ourStart: MeasuredRung = {
  label: 'ours, until it listens',
  measure: async (env) => {
    const startedAt = performance.now()
    // A process that serves already would not start.
    const server = await startRung({ ...env, isQuick: false }, { scenario: 'list-20', rung: 'ours' })
    const startMs = performance.now() - startedAt
    const idle = (await server.count()).rss / 1_048_576
    const load = startLoad()
    const order = { request: productListRequest(20), port: server.port, connections: 16 }
    await load.run({ ...order, seconds: env.isQuick ? 0.2 : 1 })
    const loaded = (await server.count()).rss / 1_048_576
    await Promise.all([load.stop(), server.stop()])
    return { startMs, idleMB: idle, loadedMB: loaded }
  },
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'start',
    title: 'Start of the API on a database that is there, and its memory idle and after a second of lists',
    figure: 'startMs',
    rungs: { bare: bareStart, ours: ourStart },
    goals: ({ ours }) => [atMost('MB after load, at most 700', { value: ours?.['loadedMB'], limit: 700 })],
  },
]
