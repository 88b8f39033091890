import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { flushCompileCache } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { migrate, openDatabase, startEmbeddedPostgres } from '@hilo/db'
import { printScenario, type Outcome } from './report/console.ts'
import { writeResults } from './report/results.ts'
import { runLadder } from './run/ladder.ts'
import { endShared } from './run/processes.ts'
import { allScenarios } from './run/scenarios.ts'
import { buildShop } from './shop/build-shop.ts'

const { values } = parseArgs({
  options: {
    /** Names of scenarios, comma separated. */
    only: { type: 'string' },
    /** A short look: nothing is written. */
    quick: { type: 'boolean', default: false },
    products: { type: 'string' },
    seconds: { type: 'string' },
    rounds: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

const isQuick = values.quick
const products = Number(values.products ?? (isQuick ? 200 : 10_000))
const pace = {
  seconds: Number(values.seconds ?? (isQuick ? 0.1 : 4)),
  rounds: Number(values.rounds ?? (isQuick ? 1 : 5)),
  connections: isQuick ? 4 : 16,
}
const only = values.only?.split(',')

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const USAGE =
  'npm run bench -- [--only NAME,…] [--quick] [--products COUNT] [--seconds OF_EACH] [--rounds COUNT]\n\nNames:'

const main = async (): Promise<void> => {
  const all = await allScenarios()
  // Where there is such a cache, the processes that we start find in it what is compiled by now.
  flushCompileCache()
  if (values.help) return say([USAGE, ...all.map(({ name, title }) => `  ${name}: ${title}`)].join('\n'))
  const scenarios = all.filter(({ name }) => !only || only.some((part) => name.startsWith(part)))
  if (scenarios.length === 0) throw new Error(`No scenario is named ${values.only}: see --help`)
  const dataDir = await mkdtemp(join(tmpdir(), 'hilo-bench-'))
  // The server runs as an account of its own when we are root.
  await chmod(dataDir, 0o755)
  const server = await startEmbeddedPostgres({ dataDir, durable: false })
  const database = openDatabase({ url: server.url, name: 'bench' })
  try {
    await migrate(database.kysely)
    const shop = await buildShop(database, products)
    await database.pool.query('vacuum analyze')
    say(`A shop of ${shop.products} products and ${shop.variants} variants in ${shop.builtIn.toFixed(1)} s\n`)
    const outcomes: Outcome[] = []
    for (const scenario of scenarios) {
      const rounds = await runLadder(scenario, { url: server.url, database, shop, isQuick }, pace)
      const outcome = { scenario, rounds }
      outcomes.push(outcome)
      say(printScenario(outcome))
    }
    if (!isQuick && !only) await writeResults(outcomes, { shop, pace })
  } finally {
    await endShared()
    await database.close()
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

await main()
