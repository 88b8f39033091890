import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { openDatabase, startEmbeddedPostgres } from '../index.ts'
import { readPostmaster } from '../embedded/postmaster.ts'

const WRITER = fileURLToPath(new URL('durability-writer.ts', import.meta.url))

interface Proof {
  /** An empty folder; what is written to it stays. */
  readonly dataDir: string
  /** How often to kill. Every third time the server is killed too, so that it has to recover. */
  readonly cycles: number
  readonly log: (line: string) => void
}

/** What a proof saw: how many writes were acknowledged, and the start after each kill in milliseconds. */
export interface Durability {
  readonly acknowledged: number
  readonly starts: readonly number[]
}

/** Lets a process start the server and write, and kills it with SIGKILL after so many acknowledgements. */
const writeUntilKilled = async (
  dataDir: string,
  { writes, andServer }: { writes: number; andServer: boolean },
) => {
  const writer = spawn(process.execPath, [WRITER, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(writer, 'close')
  const acknowledged: string[] = []
  for await (const id of createInterface({ input: writer.stdout })) {
    acknowledged.push(id)
    if (acknowledged.length !== writes) continue
    const server = await readPostmaster(`${dataDir}/data`)
    writer.kill('SIGKILL')
    if (andServer) process.kill(server!.pid, 'SIGKILL')
  }
  const [code, signal] = (await ended) as [number | null, string | null]
  if (signal !== 'SIGKILL') throw new Error(`The writer ended by itself with ${code}`)
  return acknowledged
}

/** Throws unless every write that was acknowledged is there, whole, and nothing else is half there. */
const verify = async (url: string, acknowledged: readonly string[]): Promise<void> => {
  const database = openDatabase({ url, name: 'proof' })
  try {
    const { rows } = await sql<{ lost: number; halves: number }>`
      select
        (select count(*)::int4 from unnest(${acknowledged}::uuid[]) as ack (id)
          where not exists (select from category where category.id = ack.id)
            or not exists (select from idempotency where key = ack.id::text and response is not null)) as lost,
        (select count(*)::int4 from category full join event on event.aggregate_id = category.id
          where category.id is null or event.id is null) as halves
    `.execute(database.kysely)
    const { lost, halves } = rows[0]!
    if (lost > 0 || halves > 0)
      throw new Error(`${lost} acknowledged writes are lost, ${halves} are half there`)
  } finally {
    await database.close()
  }
}

/** Kills the process that writes, again and again, starts the server each time and looks whether anything is missing. */
export const proveDurability = async ({ dataDir, cycles, log }: Proof): Promise<Durability> => {
  const acknowledged: string[] = []
  const starts: number[] = []
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const andServer = cycle % 3 === 0
    acknowledged.push(...(await writeUntilKilled(dataDir, { writes: 40 + ((cycle * 83) % 300), andServer })))
    const from = performance.now()
    const server = await startEmbeddedPostgres({ dataDir })
    starts.push(performance.now() - from)
    try {
      await verify(server.url, acknowledged)
    } finally {
      await server.stop()
    }
    const what = andServer ? 'process and server' : 'process'
    log(`${cycle}/${cycles}: killed the ${what}; all ${acknowledged.length} acknowledged writes are there`)
  }
  return { acknowledged: acknowledged.length, starts }
}
