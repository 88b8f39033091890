// Opens 10,000 idle connections to the running program, half of them WebSockets, or as many as said, and proves that it
// answers others, that each costs little memory, and that more connections than allowed close the oldest idle ones.
import { readFile } from 'node:fs/promises'
import { startHilo, temporaryDataDir } from '../e2e/hilo-process.ts'
import { openIdleSockets, openOf } from '../e2e/idle-sockets.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const count = Number(process.argv[2] ?? 10_000)
const half = Math.floor(count / 2)
const MORE = Math.ceil(count / 100)
/** Connections of this program's own requests, at most. */
const ASKING = 10
/** Memory of the whole program may grow by so much for each connection. */
const MOST_KILOBYTES = 64
const QUERY = JSON.stringify({ query: '{ products(first: 5) { nodes { name variants { sku } } } }' })

/** Resident memory of a process in kilobytes, as Linux counts it. */
const residentOf = async (pid: number): Promise<number> =>
  Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1])

const ask = async (web: string): Promise<number> => {
  const startedAt = performance.now()
  const response = await fetch(`${web}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: QUERY,
  })
  const { data } = (await response.json()) as { data?: { products: { nodes: unknown[] } } }
  if (data?.products.nodes.length !== 5) throw new Error(`The program did not answer: ${response.status}`)
  return performance.now() - startedAt
}

const median = async (web: string): Promise<number> => {
  const times: number[] = []
  for (let asked = 0; asked < 20; asked += 1) times.push(await ask(web))
  return times.toSorted((a, b) => a - b)[10]!
}

const dir = await temporaryDataDir()
// `maxConnections` counts what is no WebSocket; those have a limit by address.
const hilo = await startHilo(dir.path, {
  args: ['--max-connections', String(half), '--limits', `socketsPerAddress=${half}`],
})
try {
  const port = Number(new URL(hilo.web).port)
  await median(hilo.web)
  const [before, alone] = [await residentOf(hilo.child.pid!), await median(hilo.web)]
  const sockets = await openIdleSockets(port, { plain: half, live: half })
  const opened = openOf(sockets)
  const [after, crowded] = [await residentOf(hilo.child.pid!), await median(hilo.web)]
  const kilobytes = (after - before) / (opened.plain + opened.live)
  say(`${opened.plain} kept-alive connections and ${opened.live} WebSockets are open and idle.`)
  say(`The program grew from ${before >> 10} to ${after >> 10} MB: ${kilobytes.toFixed(1)} kB for each.`)
  say(`A query of products takes ${crowded.toFixed(1)} ms beside them, ${alone.toFixed(1)} ms without.`)

  const more = await openIdleSockets(port, { plain: MORE, live: 0 })
  await ask(hilo.web)
  const left = openOf(sockets)
  const closed = half - left.plain
  const areOldest = sockets.plain.findLastIndex(({ destroyed }) => destroyed) === closed - 1
  say(`${MORE} more, and who asked meanwhile, closed ${closed}: the oldest and no others.`)
  const isRefused = await openIdleSockets(port, { plain: 0, live: 1 }).then(
    () => false,
    () => true,
  )
  const holds =
    opened.live === half &&
    opened.plain >= half - ASKING &&
    kilobytes < MOST_KILOBYTES &&
    openOf(more).plain === MORE &&
    left.live === half &&
    areOldest &&
    closed >= MORE &&
    closed <= MORE + ASKING &&
    isRefused
  say(holds ? 'All of it holds.' : 'NOT ALL OF IT HOLDS.')
  process.exitCode = holds ? 0 : 1
  sockets.close()
  more.close()
} finally {
  await hilo.stop()
  await dir.remove()
}
