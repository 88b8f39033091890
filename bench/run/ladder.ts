import { isDeepStrictEqual } from 'node:util'
import type { Facts, Figures, MeasureEnv, Scenario } from '../scenario.ts'
import { type RungServer, startLoad, startRung } from './processes.ts'

/** How long and how often. */
export interface Pace {
  /** Of one measurement. */
  readonly seconds: number
  readonly rounds: number
  /** That ask at once. */
  readonly connections: number
}

/** What a scenario found: by rung the figures of each round. */
export type Rounds = ReadonlyMap<string, readonly Figures[]>

const served = ({ rungs }: Scenario): string[] =>
  Object.entries(rungs).flatMap(([name, rung]) => ('measure' in rung ? [] : [name]))

/** Starts the servers, `bare` last: it answers as many bytes as ours. */
const startServers = async (
  scenario: Scenario,
  env: MeasureEnv,
): Promise<ReadonlyMap<string, RungServer>> => {
  const servers = new Map<string, RungServer>()
  const answers = new Map<string, string>()
  const names = served(scenario).sort((a, b) => Number(a === 'bare') - Number(b === 'bare'))
  for (const rung of names) {
    const bytes = Buffer.byteLength(answers.get('ours') ?? '')
    const server = await startRung(env, { facts: env.facts, bytes, scenario: scenario.name, rung })
    servers.set(rung, server)
    answers.set(rung, await server.ask(scenario.request!(env.facts)))
  }
  checkSame(answers)
  return servers
}

const dataOf = (text: string): unknown => {
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown }
  if (errors) throw new Error(`An answer has errors: ${text.slice(0, 500)}`)
  return data
}

/** Rungs that do not answer the same cannot be compared. */
const checkSame = (answers: ReadonlyMap<string, string>): void => {
  const [first, ...others] = [...answers].filter(([rung]) => rung !== 'bare')
  for (const other of others) {
    if (!isDeepStrictEqual(dataOf(first![1]), dataOf(other[1])))
      throw new Error(
        `${first![0]} and ${other[0]} do not answer the same:\n${first![1].slice(0, 1_500)}\n${other[1].slice(0, 1_500)}`,
      )
  }
}

interface Run {
  readonly scenario: Scenario
  readonly facts: Facts
  readonly load: ReturnType<typeof startLoad>
  readonly connections: number
}

const underLoad = async (
  { scenario, facts, load, connections }: Run,
  server: RungServer,
  seconds: number,
): Promise<Figures> => {
  const before = await server.count()
  const request = scenario.request!(facts)
  const report = await load.run({ request, port: server.port, seconds, connections })
  const after = await server.count()
  if (report.failed > 0) throw new Error(`${report.failed} of ${report.requests} requests failed`)
  const { requests, failed: _failed, ...figures } = report
  return {
    ...figures,
    cpuMicros: (after.cpu - before.cpu) / requests,
    statements: (after.statements - before.statements) / requests,
    rssMB: after.rss / 1_048_576,
  }
}

/** Runs a scenario: all rungs in turn, round after round, so that what disturbs the machine disturbs them all. */
export const runLadder = async (
  scenario: Scenario,
  env: Omit<MeasureEnv, 'facts'>,
  { seconds, rounds, connections }: Pace,
): Promise<Rounds> => {
  const facts = (await scenario.setup?.(env)) ?? {}
  const found = new Map<string, Figures[]>(Object.keys(scenario.rungs).map((name) => [name, []]))
  const servers = await startServers(scenario, { ...env, facts })
  const run: Run = { scenario, facts, load: startLoad(), connections }
  try {
    for (const server of servers.values()) await underLoad(run, server, seconds / 2)
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, rung] of Object.entries(scenario.rungs)) {
        const figures =
          'measure' in rung
            ? await rung.measure({ ...env, facts })
            : await underLoad(run, servers.get(name)!, seconds)
        found.get(name)!.push(figures)
      }
    }
  } finally {
    await run.load.stop()
    for (const server of servers.values()) await server.stop()
  }
  return found
}
