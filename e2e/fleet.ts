import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Pool } from 'pg'
import type { DemoAccess } from '../apps/hilo/src/seed/demo-access.ts'
import { runIn, runService, type Place } from './compose-process.ts'
import { freePorts } from './free.ts'
import { startPostgres } from './postgres-process.ts'
import { runHilo, type Run } from './run-hilo.ts'

/** Names of the processes: two of what can be two. */
const MEMBERS = {
  apiA: 'api',
  apiB: 'api',
  workerA: 'worker',
  workerB: 'worker',
  edge: 'edge',
  admin: 'admin',
} as const
export type Member = keyof typeof MEMBERS

const finished = async (running: Run): Promise<string> => {
  const code = await running.ended
  if (code !== 0) throw new Error(`A command ended with ${code}:\n${running.output()}`)
  return running.output()
}

/** A shop whose roles are processes of their own, as the compose file describes them, on one external Postgres. */
export const gatherFleet = async (folder: string) => {
  const postgres = await startPostgres(join(folder, 'postgres'))
  const database = new Pool({ connectionString: postgres.url, max: 2 })
  // One that is still closing hears of the end of the server.
  database.on('error', () => undefined)
  const secrets = join(folder, 'secrets')
  await mkdir(secrets)
  const keep = (name: string, text: string) => writeFile(join(secrets, name), text, { mode: 0o600 })
  await keep('database_url', `${postgres.url}\n`)
  await keep('secret_key', Buffer.alloc(32, 'k').toString('base64'))

  const names = Object.keys(MEMBERS) as Member[]
  const ports = await freePorts(names.length + 1)
  const portOf = (name: Member): number => ports[names.indexOf(name)]!
  const urlOf = (name: Member): string => `http://127.0.0.1:${portOf(name)}`
  const mqttPort = ports.at(-1)!
  const placeOf = (name: Member): Place => ({
    port: portOf(name),
    mqttPort,
    secrets,
    dataDir: join(folder, name),
    apiUrl: urlOf('apiA'),
  })

  await finished(runIn('migrate', ['migrate'], placeOf('apiA')))
  // The one thing that production refuses: the demo shop, whose story is told here.
  const seedDir = join(folder, 'seed')
  await finished(runHilo(['seed', '--data-dir', seedDir], { env: { DATABASE_URL: postgres.url } }))
  const demo = JSON.parse(await readFile(join(seedDir, 'demo.json'), 'utf8')) as DemoAccess
  await keep('edge_key', await finished(runIn('api', ['key', 'create'], placeOf('apiA'))))

  const running = new Map<Member, Run>()
  const start = async (name: Member): Promise<void> => {
    const member = runService(MEMBERS[name], placeOf(name))
    running.set(name, member)
    await member.said(/Hilo is running as/)
  }
  const end = async (name: Member, signal: NodeJS.Signals): Promise<number | NodeJS.Signals> => {
    const member = running.get(name)!
    running.delete(name)
    member.child.kill(signal)
    return member.ended
  }
  return {
    /** The one number that a query gives. */
    count: async (query: string): Promise<number> => {
      const { rows } = await database.query<{ n: number }>(`select count(*)::int4 as n from ${query}`)
      return rows[0]!.n
    },
    demo,
    urlOf,
    placeOf,
    mqtt: `mqtt://127.0.0.1:${mqttPort}`,
    webSocket: `${urlOf('edge').replace('http', 'ws')}/mqtt`,
    output: (name: Member): string => running.get(name)!.output(),
    start,
    /** Starts those that need nobody first, then those that need an API. */
    startAll: async (): Promise<void> => {
      await Promise.all((['apiA', 'apiB', 'workerA', 'workerB'] as const).map(start))
      await Promise.all((['edge', 'admin'] as const).map(start))
    },
    /** Ctrl-C for one of them, or worse; gives its exit code. */
    end,
    disband: async (): Promise<readonly (number | NodeJS.Signals)[]> => {
      const codes: (number | NodeJS.Signals)[] = []
      for (const name of ['edge', 'admin', 'workerA', 'workerB', 'apiA', 'apiB'] as const)
        if (running.has(name)) codes.push(await end(name, 'SIGTERM'))
      await database.end()
      await postgres.stop()
      return codes
    },
  }
}

/** Processes of one shop. */
export type Fleet = Awaited<ReturnType<typeof gatherFleet>>
