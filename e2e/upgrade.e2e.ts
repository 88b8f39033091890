import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { Pool } from 'pg'
import type { DemoAccess } from '../apps/hilo/src/seed/demo-access.ts'
import { connectDevice } from './devices.ts'
import { read, type FrontEnd } from './graphql.ts'
import { onFreePorts, temporaryDataDir } from './hilo-process.ts'
import { commitBefore, oldTree } from './old-tree.ts'
import { startPostgres } from './postgres-process.ts'
import { run, runHilo } from './run-hilo.ts'

const SKU = 'COF-ESP-1000'
const dir = await temporaryDataDir()
const folder = (name: string): string => join(dir.path, name)

test.afterAll(() => dir.remove())

const place = async (frontEnd: FrontEnd): Promise<string> => {
  const { cartCreate } = await read<{ cartCreate: { cart: { id: string } } }>(
    frontEnd,
    'mutation ($input: CartCreateInput!) { cartCreate(input: $input) { cart { id } userErrors { code } } }',
    { input: { lines: [{ sku: SKU, quantity: 2 }], country: 'ES', idempotencyKey: randomUUID() } },
  )
  const { orderPlace } = await read<{ orderPlace: { order: { number: string } | null } }>(
    frontEnd,
    'mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { order { number } userErrors { code } } }',
    { input: { cartId: cartCreate.cart.id, idempotencyKey: randomUUID() } },
  )
  return orderPlace.order!.number
}

const signedIn = async (web: string, input: DemoAccess['customer']): Promise<FrontEnd> => {
  const { customerSignIn } = await read<{ customerSignIn: { token: string } }>(
    { web },
    'mutation ($input: CustomerSignInInput!) { customerSignIn(input: $input) { token userErrors { code } } }',
    { input },
  )
  return { web, headers: { authorization: `Bearer ${customerSignIn.token}` } }
}

const buyWith = async (mqtt: string, { device }: DemoAccess): Promise<string> => {
  const own = `hilo/v1/${device.shop}/${device.id}/command/purchase`
  const machine = await connectDevice(mqtt, { ...device, topics: [`${own}/reply/+`] })
  const rid = randomUUID()
  await machine.client.publishAsync(
    `${own}/request/${rid}`,
    JSON.stringify({ v: 1, sku: SKU, quantity: 1 }),
    {
      qos: 1,
    },
  )
  const { status } = await machine.next<{ status: string }>(`purchase/reply/${rid}`)
  await machine.close()
  return status
}

test('code of the version before goes on with the newest tables, beside the new code', async () => {
  test.setTimeout(300_000)
  const commit = commitBefore()
  await oldTree(commit, folder('old'))
  const postgres = await startPostgres(folder('postgres'))
  const env = { DATABASE_URL: postgres.url }
  const running = /Hilo is running[^]*GraphQL\s+(http:\S+)\/graphql[^]*MQTT\s+(mqtt:\S+)\s/
  const old = run(
    process.execPath,
    [join(folder('old'), 'apps/hilo/src/hilo.ts'), ...onFreePorts(folder('data'))],
    { env },
  )
  const [, oldWeb, oldMqtt] = await old.said(running)
  const demo = JSON.parse(await readFile(join(folder('data'), 'demo.json'), 'utf8')) as DemoAccess
  const before = await place(await signedIn(oldWeb!, demo.customer))

  // Two that come at once: one brings the tables up to date, the other waits and finds nothing left.
  const migrations = [1, 2].map(() => runHilo(['migrate'], { env }))
  expect(await Promise.all(migrations.map(({ ended }) => ended))).toEqual([0, 0])
  expect(new Set(migrations.map(({ output }) => output().includes('up to date')))).toEqual(
    new Set([false, true]),
  )

  const fresh = runHilo(['start', '--role', 'api,worker', '--port', '0'], { env })
  const [, newWeb] = await fresh.said(/GraphQL\s+(http:\S+)\/graphql/)
  for (const web of [oldWeb!, newWeb!, oldWeb!]) {
    const customer = await signedIn(web, demo.customer)
    const { products } = await read<{ products: { nodes: object[] } }>(
      customer,
      '{ products(first: 5) { nodes { name variants { sku price { unit { amountMinor } } availability { status } } } } }',
    )
    expect(products.nodes).toHaveLength(5)
    expect(await place(customer)).toMatch(/^H-\d+$/)
  }
  expect(await buyWith(oldMqtt!, demo)).toBe('PLACED')

  const pool = new Pool({ connectionString: postgres.url, max: 1 })
  // One that is still closing hears of the end of the server.
  pool.on('error', () => undefined)
  const { rows } = await pool.query<{ n: number }>('select count(*)::int4 as n from "order"')
  await pool.end()
  expect(rows[0]!.n).toBe(5)
  const { orders } = await read<{ orders: { nodes: { number: string }[] } }>(
    await signedIn(newWeb!, demo.customer),
    '{ orders(first: 10) { nodes { number } } }',
  )
  expect(orders.nodes.map(({ number }) => number)).toContain(before)

  old.child.kill('SIGTERM')
  expect(await old.ended).toBe(0)
  expect(old.output()).not.toContain('"level":50')
  fresh.child.kill('SIGTERM')
  expect(await fresh.ended).toBe(0)
  await postgres.stop()
})
