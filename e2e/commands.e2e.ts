import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { DemoAccess } from '../apps/hilo/src/seed/demo-access.ts'
import { takenPort } from './free.ts'
import { read, type FrontEnd } from './graphql.ts'
import { startPostgres } from './postgres-process.ts'
import { onFreePorts, startHilo, temporaryDataDir } from './hilo-process.ts'
import { run, runHilo } from './run-hilo.ts'

/** What no sentence for people holds. */
const STACK = /\n\s+at |node:internal|file:\/\//

const dir = await temporaryDataDir()

test.describe.configure({ mode: 'serial' })

test.afterAll(async () => {
  await dir.remove()
})

test('help lists the commands and settings, and a mistake is named', async () => {
  for (const args of [['help'], ['--help'], ['start', '--help'], []]) {
    const { ended, output } = runHilo(args)
    expect(await ended).toBe(0)
    expect(output()).toMatch(/hilo start[^]*hilo migrate[^]*hilo seed[^]*--mqtt-port\s+MQTT_PORT/)
  }
  for (const [args, said] of [
    [['strat'], 'There is no command strat'],
    [['toString'], 'There is no command toString'],
    [['start', '--prot', '1'], "'--prot'"],
    [['start', '--port', 'many'], '--port (PORT) is "many"'],
    [['migrate', '--database-url', 'mysql://u:hunter2@h/d'], '--database-url (DATABASE_URL)'],
  ] as const) {
    const { ended, output } = runHilo(args)
    expect(await ended).toBe(1)
    expect(output()).toContain(said)
    expect(output()).not.toMatch(STACK)
    expect(output()).not.toContain('hunter2')
  }
})

test('a database that does not answer is named, without its password', async () => {
  const { port, release } = await takenPort()
  await release()
  const url = `postgres://me:secret@localhost:${port}/shop`
  for (const command of ['migrate', 'seed', 'start']) {
    const args = [command, ...onFreePorts(dir.path).slice(1)]
    const { ended, output } = runHilo(args, { env: { DATABASE_URL: url } })
    expect(await ended).toBe(1)
    expect(output()).toContain(
      `The database of DATABASE_URL (postgres://me@localhost:${port}/shop) does not answer`,
    )
    expect(output()).toContain('ECONNREFUSED')
    expect(output()).not.toMatch(STACK)
    expect(output()).not.toContain('secret')
  }
})

test('migrate and seed work on the embedded database, and have nothing to do the second time', async () => {
  const own = await temporaryDataDir()
  const hilo = async (command: string): Promise<string> => {
    const { ended, output } = runHilo([command, '--data-dir', own.path])
    expect(await ended).toBe(0)
    return output()
  }
  expect(await hilo('migrate')).toContain('Applied: ')
  expect(await hilo('migrate')).toContain('The tables are up to date.')
  const empty = runHilo([...onFreePorts(own.path), '--demo', 'false'])
  expect(await empty.ended).toBe(1)
  expect(empty.output()).toContain('npm run hilo seed')
  expect(empty.output()).not.toMatch(STACK)
  expect(await hilo('seed')).toContain('Seeding the demo shop')
  expect(await hilo('seed')).toContain('Nothing to do')
  await own.remove()
})

test('two programs start at once on one empty external database, and one of them seeds it', async () => {
  const external = join(dir.path, 'external')
  const server = await startPostgres(external)
  const env = { DATABASE_URL: server.url }
  const programs = ['one', 'two'].map((name) => runHilo(onFreePorts(join(dir.path, name)), { env }))
  const webs = await Promise.all(
    programs.map(async ({ said }) => (await said(/Hilo is running[^]*GraphQL\s+(http:\S+)\/graphql/))[1]!),
  )
  expect(programs.filter(({ output }) => output().includes('Seeding'))).toHaveLength(1)
  for (const web of webs) {
    const { products } = await read<{ products: { totalCount: number } }>(
      { web },
      '{ products { totalCount } }',
    )
    expect(products.totalCount).toBeGreaterThan(50)
    expect((await fetch(`${web}/ready`)).status).toBe(200)
  }

  await server.stop()
  for (const web of webs) {
    const ready = await fetch(`${web}/ready`)
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { status: 'unavailable', problem: 'the database does not answer' },
    ])
    expect((await fetch(`${web}/health`)).status).toBe(200)
  }
  const again = await startPostgres(external, new URL(server.url).port)
  for (const web of webs) await expect.poll(async () => (await fetch(`${web}/ready`)).status).toBe(200)
  for (const { child } of programs) child.kill('SIGINT')
  expect(await Promise.all(programs.map(({ ended }) => ended))).toEqual([0, 0])
  for (const { output } of programs) expect(output()).not.toContain(new URL(server.url).password)
  await again.stop()
})

test('a shop of one’s own is opened by commands, and its first administrator and its edge may come in', async () => {
  const own = await temporaryDataDir()
  const hilo = (args: readonly string[], input?: string) => {
    const running = runHilo([...args, '--data-dir', own.path], { input })
    return running.ended.then((code) => ({ code, output: running.output() }))
  }
  const shop = ['shop', 'create', '--code', 'casa', '--name', 'Casa', '--currency', 'EUR', '--country', 'ES']
  expect(await hilo(shop)).toMatchObject({ code: 1, output: expect.stringContaining('--tax-percent') })
  expect(await hilo([...shop, '--tax-percent', '21'])).toMatchObject({ code: 0 })
  expect((await hilo([...shop, '--tax-percent', '21'])).output).toContain('holds a shop already')
  const staff = ['staff', 'create', '--email', 'ana@example.com']
  expect((await hilo(staff, 'short')).output).toContain('PASSWORD_LENGTH_INVALID')
  expect(await hilo(staff, 'a long enough one')).toMatchObject({ code: 0 })
  const key = /^hk_\S+$/m.exec((await hilo(['key', 'create'])).output)![0]

  const program = runHilo([...onFreePorts(own.path), '--demo', 'false', '--edge-key', key])
  const [, web] = await program.said(/Hilo is running[^]*GraphQL\s+(http:\S+)\/graphql/)
  const ana = await asStaff(web!, { email: 'ana@example.com', password: 'a long enough one' })
  expect(await countOrders(ana)).toBe(0)
  program.child.kill('SIGINT')
  expect(await program.ended).toBe(0)
  await own.remove()
})

/** A command as it is printed, from its first word to the empty line. */
const printed = (output: string, begin: string): string => {
  const from = output.indexOf(begin)
  expect(from).toBeGreaterThan(0)
  return output.slice(from, output.indexOf('\n\n', from))
}

test('the table has the addresses and sign-ins, and its commands work as they are printed', async () => {
  const hilo = await startHilo(dir.path)
  const { web, mqtt, demo, output } = hilo
  const port = new URL(web).port
  expect(output()).toContain(
    `  GraphQL   ${web}/graphql\n  Admin     ${web}/admin\n  MQTT      ${mqtt}   ws://localhost:${port}/mqtt\n`,
  )
  for (const { email, password } of [demo.staff, demo.customer])
    expect(output()).toContain(`${email}   ${password}\n`)
  expect(output()).toContain(`${demo.device.id}   ${demo.device.credential}\n`)
  expect((await fetch(`${web}/admin`)).status).toBe(200)
  const shell = (command: string) => run('sh', ['-c', command], { group: true })

  const query = shell(printed(output(), 'curl -s '))
  expect(await query.ended).toBe(0)
  expect(query.output()).toMatch(/"sku":"[^]*"formatted":"/)

  const subscription = shell(printed(output(), 'curl -sN'))
  await fetch(`${web}/health`)
  const staff = await asStaff(web, demo.staff)
  await changePrices(staff, () => subscription.output().includes('COF-ESP-1000'))
  expect(subscription.output()).toMatch(/event: next\ndata: .*"sku":"COF-ESP-1000"/)
  process.kill(-subscription.child.pid!, 'SIGTERM')

  const purchase = shell(printed(output(), 'npm run --silent device'))
  expect(await purchase.ended).toBe(0)
  expect(purchase.output()).toContain('"status":"PLACED"')

  const anyClient = printed(output(), 'npx -y mqtt').replace('npx -y mqtt', 'node_modules/.bin/mqtt')
  const publish = shell(anyClient.replace('beans', 'decaf'))
  expect(await publish.ended).toBe(0)
  await expect.poll(() => countOrders(staff)).toBe(2)
  expect(await hilo.stop()).toBe(0)
})

const asStaff = async (web: string, input: DemoAccess['staff']): Promise<FrontEnd> => {
  const { staffSignIn } = await read<{ staffSignIn: { token: string } }>(
    { web },
    'mutation ($input: StaffSignInInput!) { staffSignIn(input: $input) { token } }',
    { input },
  )
  return { web, headers: { authorization: `Bearer ${staffSignIn.token}` } }
}

/** Changes a price again and again, until somebody has heard of it. */
const changePrices = async (frontEnd: FrontEnd, heard: () => boolean): Promise<void> => {
  const { variant, priceLists } = await read<{
    variant: { id: string }
    priceLists: { id: string; code: string }[]
  }>(frontEnd, '{ variant(sku: "COF-ESP-1000") { id } priceLists { id code } }')
  const priceListId = priceLists.find(({ code }) => code === 'base-eu')!.id
  let amountMinor = 2400
  const change = async (): Promise<boolean> => {
    amountMinor += 1
    const input = {
      variantId: variant.id,
      priceListId,
      amount: { amountMinor, currency: 'EUR' },
      idempotencyKey: randomUUID(),
    }
    await read(
      frontEnd,
      'mutation ($input: PriceSetInput!) { priceSet(input: $input) { userErrors { code } } }',
      { input },
    )
    return heard()
  }
  await expect.poll(change).toBe(true)
}

const countOrders = async (staff: FrontEnd): Promise<number> => {
  const { orders } = await read<{ orders: { totalCount: number } }>(staff, '{ orders { totalCount } }')
  return orders.totalCount
}
