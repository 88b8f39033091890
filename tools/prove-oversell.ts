// Places 2,000 orders at once for a stock of 100, 1,000 for a coupon of 50, and 500 of five customers for ten uses each.
import { migrate, openDatabase } from '@hilo/db'
import { startThrowawayPostgres } from '../packages/db/src/testing/throwaway-postgres.ts'
import { proveOversell, type RushResult } from '../packages/orders/src/testing/prove-oversell.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const CONNECTIONS = 20
const stock = { orders: 2_000, limit: 100 }
const coupon = { orders: 1_000, limit: 50 }
const perCustomer = { orders: 500, limit: 50 }

const server = await startThrowawayPostgres()
const database = openDatabase({ url: server.url, max: CONNECTIONS, name: 'oversell' })

const report = (what: string, rush: { orders: number; limit: number }, result: RushResult): boolean => {
  const outcomes = [...result.outcomes].map(([code, times]) => `${times} ${code}`).join(', ')
  say(`${rush.orders} orders over ${CONNECTIONS} connections for ${rush.limit} ${what}: ${outcomes}`)
  say(`  the database says ${result.taken}; ${result.milliseconds} ms`)
  return result.outcomes.get('PLACED') === rush.limit && result.taken === rush.limit
}

try {
  await migrate(database.kysely)
  const result = await proveOversell(database.kysely, { stock, coupon, perCustomer })
  const isExact = [
    report('pieces', stock, result.stock),
    report('uses of a coupon', coupon, result.coupon),
    report('uses of a coupon that each customer may use ten times', perCustomer, result.perCustomer),
  ].every(Boolean)
  say(
    isExact ? 'Exactly what there was, no more and no less.' : 'NOT EXACT: something was sold twice or lost.',
  )
  process.exitCode = isExact ? 0 : 1
} finally {
  await database.close()
  await server.stop()
}
