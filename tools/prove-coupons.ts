// Has 1,000 orders for a coupon of 50 under way at once, over as many connections as a server has, cancels each of those
// that were placed twice at once, then the same for a budget: 200 times.
import { migrate, openDatabase } from '@hilo/db'
import { startThrowawayPostgres } from '../packages/db/src/testing/throwaway-postgres.ts'
import { couponCrowd, isExact } from '../packages/orders/src/testing/prove-coupons.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const CONNECTIONS = 20
const RUSH = { orders: 1_000, limit: 50 }
const REPETITIONS = Number(process.argv[2] ?? 200)

const server = await startThrowawayPostgres()
const database = openDatabase({ url: server.url, max: CONNECTIONS, name: 'coupons' })

try {
  await migrate(database.kysely)
  const repeat = await couponCrowd(database.kysely, RUSH)
  let exact = 0
  let milliseconds = 0
  let slowest = 0
  for (let index = 1; index <= REPETITIONS; index += 1) {
    const result = await repeat()
    milliseconds += result.milliseconds
    slowest = Math.max(slowest, result.rushMilliseconds)
    if (isExact(result, RUSH)) exact += 1
    else say(`  NOT EXACT: ${JSON.stringify(result)}`)
    if (index % 10 === 0) say(`${index}: ${exact} exact, ${Math.round(milliseconds / index)} ms each`)
  }
  say(
    `${REPETITIONS} times ${RUSH.orders} orders under way at once over ${CONNECTIONS} connections (at most ${slowest} ms) for ${RUSH.limit} uses, then for a budget of ${RUSH.limit} orders, all cancelled twice at once: ${exact} times exact`,
  )
  process.exitCode = exact === REPETITIONS ? 0 : 1
} finally {
  await database.close()
  await server.stop()
}
