// Imports 100,000 products from one file, exports them, and imports what came out: with the time and the memory of each.
import { openDatabase } from '@hilo/db'
import { startThrowawayPostgres } from '../packages/db/src/testing/throwaway-postgres.ts'
import { proveImport } from '../packages/bulk/src/testing/prove-import.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const PRODUCTS = Number(process.argv[2] ?? 100_000)
const MAX_GROWTH_MB = 400

const server = await startThrowawayPostgres()
const database = openDatabase({ url: server.url, max: 10, name: 'import' })

try {
  let isGood = true
  for await (const figures of proveImport(database.kysely, PRODUCTS)) {
    const { what, state, records, refused, megabytes, seconds, growthMb } = figures
    say(
      `${what}: ${records} products, ${megabytes} MB, ${seconds} s, ${Math.round(records / seconds)} a second, at most ${growthMb} MB more memory; ${refused} refused, ${state}`,
    )
    isGood &&= state === 'DONE' && records === PRODUCTS && refused === 0 && growthMb < MAX_GROWTH_MB
  }
  say(isGood ? 'All of it, in bounded memory.' : 'NOT GOOD: something is missing, or takes too much memory.')
  process.exitCode = isGood ? 0 : 1
} finally {
  await database.close()
  await server.stop()
}
