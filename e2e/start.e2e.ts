import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { connectDevice } from './devices.ts'
import { isAlive, isFree, postgresPid, takenPort } from './free.ts'
import { runInThread } from './inspect-thread.ts'
import { listenSse, listenWebSocket, read } from './graphql.ts'
import { onFreePorts, startHilo, temporaryDataDir, type HiloProcess } from './hilo-process.ts'
import { beginRequest } from './raw-http.ts'
import { run, runHilo } from './run-hilo.ts'

const PRICE_NEWS = 'subscription { priceChanged { eventId } }'
/** What no sentence for people holds. */
const STACK = /\n\s+at |node:internal|file:\/\//

const dir = await temporaryDataDir()

test.describe.configure({ mode: 'serial' })

test.afterAll(async () => {
  await dir.remove()
})

test('a port that is taken is named with its setting, and nothing stays behind', async () => {
  const { port, release } = await takenPort()
  for (const [setting, what] of [
    ['--port', 'HTTP'],
    ['--mqtt-port', 'MQTT'],
  ] as const) {
    const { ended, output } = runHilo([...onFreePorts(dir.path), setting, String(port)])
    expect(await ended).toBe(1)
    expect(output()).toContain(`Port ${port} for ${what} is taken by another program.`)
    expect(output()).toContain(`${setting} ${port + 1}`)
    expect(output()).not.toMatch(STACK)
    expect(await postgresPid(dir.path)).toBeUndefined()
  }
  await release()
})

test('Ctrl-C while the demo shop is seeded leaves nothing half-done', async () => {
  const { child, said, ended, output } = runHilo(onFreePorts(dir.path))
  await said(/Seeding/)
  const postgres = (await postgresPid(dir.path))!
  child.kill('SIGINT')
  expect(await ended).toBe(0)
  expect(output()).toContain('Stopped.')
  expect(output()).not.toMatch(STACK)
  expect(output()).not.toContain('Hilo is running')
  expect(isAlive(postgres)).toBe(false)
})

test('the next start works, and its log has lines for start and stop and no secret', async () => {
  const hilo = await startHilo(dir.path, { env: { HILO_LOG_LEVEL: 'info' } })
  const { demo, web } = hilo
  const signIn = (password: string) =>
    read<{ staffSignIn: { token: string | null } }>(
      { web },
      'mutation ($input: StaffSignInInput!) { staffSignIn(input: $input) { token userErrors { code } } }',
      { input: { ...demo.staff, password } },
    )
  const wrong = `wrong-${randomUUID()}`
  const { token } = (await signIn(demo.staff.password)).staffSignIn
  await signIn(wrong)
  const device = await connectDevice(hilo.mqtt, { ...demo.device, topics: [] })
  await device.close()
  await expect(connectDevice(hilo.mqtt, { ...demo.device, credential: wrong, topics: [] })).rejects.toThrow()
  const edgeKey = (await readFile(join(dir.path, 'edge/key'), 'utf8')).trim()
  const databasePassword = (await readFile(join(dir.path, 'postgres/password'), 'utf8')).trim()
  expect(await hilo.stop()).toBe(0)

  const lines = hilo.output().split('\n')
  const log = lines.filter((line) => line.startsWith('{'))
  const messages = log.map((line) => JSON.parse(line) as { level: number; msg: string })
  for (const msg of ['started', 'stopping', 'stopped'])
    expect(messages).toContainEqual(expect.objectContaining({ level: 30, msg }))
  for (const secret of [edgeKey, databasePassword, token!, wrong]) expect(hilo.output()).not.toContain(secret)
  for (const secret of [demo.staff.password, demo.customer.password, demo.device.credential])
    expect(log.join('\n')).not.toContain(secret)
})

test('a second start in the same folder says who is there and harms nobody', async () => {
  const first = await startHilo(dir.path)
  const { ended, output } = runHilo(onFreePorts(dir.path))
  expect(await ended).toBe(1)
  expect(output()).toContain(`already running on ${dir.path} (process ${first.child.pid})`)
  expect(output()).not.toMatch(STACK)
  const port = new URL(first.web).port
  const third = runHilo([...onFreePorts(dir.path), '--port', port])
  expect(await third.ended).toBe(1)
  expect(third.output()).toContain(`(process ${first.child.pid})`)
  expect(await (await fetch(`${first.web}/ready`)).json()).toEqual({ status: 'ok' })
  expect(await first.stop()).toBe(0)
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} ends everything while subscriptions and devices are connected`, async () => {
    const hilo = await startHilo(dir.path)
    const postgres = (await postgresPid(dir.path))!
    const machine = await connectDevice(hilo.mqtt, { ...hilo.demo.device, topics: [] })
    const overMqtt = new Promise<void>((resolve) => machine.client.once('close', () => resolve()))
    const device = await connectDevice(`${hilo.web.replace('http', 'ws')}/mqtt`, {
      ...hilo.demo.watch,
      topics: [],
    })
    const overMqttSocket = new Promise<void>((resolve) => device.client.once('close', () => resolve()))
    const overSocket = listenWebSocket(hilo.web, PRICE_NEWS)
    const socketEnded = expect(everything(overSocket.next)).rejects.toMatchObject({ code: 1001 })
    const sse = listenSse({ web: hilo.web }, PRICE_NEWS, new AbortController().signal)
    const sseEnded = expect(Array.fromAsync(sse)).rejects.toThrow('terminated')
    const late = await beginRequest(hilo.web, '/ready')
    await subscribed(hilo)

    hilo.child.kill(signal)
    await Promise.all([socketEnded, sseEnded])
    expect(await late.finish()).toMatch(/ 503 [^]*shutting down/)
    expect(await hilo.ended).toBe(0)
    await Promise.all([overMqtt, overMqttSocket])
    expect(hilo.output()).toContain('Stopped.')
    expect(hilo.output()).not.toContain('"level":')
    expect(isAlive(postgres)).toBe(false)
    expect([await isFree(hilo.web), await isFree(hilo.mqtt)]).toEqual([true, true])
  })
}

/** Takes one answer after the other until there is an end. */
const everything = async (next: () => Promise<unknown>): Promise<never> => {
  for (;;) await next()
}

/** Resolves when an answer came over the connections that were opened before: the server has seen them all. */
const subscribed = async ({ web }: HiloProcess): Promise<void> => {
  const health = await fetch(`${web}/health`)
  expect(await health.json()).toEqual({ status: 'ok' })
}

test('Ctrl-C under npm, which passes it on once more, still stops cleanly', async () => {
  const args = ['run', '--silent', 'hilo', '--', ...onFreePorts(dir.path)]
  const npm = run('npm', args, { group: true })
  await npm.said(/npx -y mqtt pub/)
  const postgres = (await postgresPid(dir.path))!
  process.kill(-npm.child.pid!, 'SIGINT')
  await npm.ended
  expect(npm.output()).toContain('Stopped.')
  expect(isAlive(postgres)).toBe(false)
})

test('a second Ctrl-C ends a stop that takes long, and the next start works', async () => {
  const hilo = await startHilo(dir.path)
  const postgres = (await postgresPid(dir.path))!
  await beginRequest(hilo.web, '/health')
  await subscribed(hilo)
  const again = setInterval(() => hilo.child.kill('SIGINT'), 100)
  expect(await hilo.ended).toBe(130)
  clearInterval(again)
  await expect.poll(() => isAlive(postgres)).toBe(false)
  const next = await startHilo(dir.path)
  expect(await next.stop()).toBe(0)
})

test('a database that dies under the program ends it with a sentence', async () => {
  const hilo = await startHilo(dir.path)
  process.kill((await postgresPid(dir.path))!, 'SIGKILL')
  expect(await hilo.ended).toBe(1)
  expect(hilo.output()).toContain('The embedded Postgres ended by itself')
  const next = await startHilo(dir.path)
  expect(await next.stop()).toBe(0)
})

test('an edge that dies in its thread ends the program with a sentence, and the next start works', async () => {
  const hilo = await startHilo(dir.path, { env: { NODE_OPTIONS: '--inspect=127.0.0.1:0' } })
  const postgres = (await postgresPid(dir.path))!
  const [inspector] = /ws:\/\/127\.0\.0\.1:\S+/.exec(hilo.output())!
  await runInThread(inspector, 'setTimeout(() => { throw new Error("out of luck") }, 500)')
  expect(await hilo.ended).toBe(1)
  expect(hilo.output()).toContain('The edge ended by itself (out of luck).')
  expect(isAlive(postgres)).toBe(false)
  const next = await startHilo(dir.path)
  expect(await next.stop()).toBe(0)
})

test('an edge or an admin alone says what it needs, and takes no database', async () => {
  const env = { DATABASE_URL: '' }
  for (const [args, said] of [
    [['--role', 'edge'], '--api-url (API_URL)'],
    [['--role', 'edge', '--api-url', 'http://127.0.0.1:9'], 'HILO_EDGE_KEY'],
    [['--role', 'admin,worker'], '--api-url (API_URL)'],
    [['--role', 'cook'], '--role (HILO_ROLES)'],
  ] as const) {
    const { ended, output } = runHilo([...onFreePorts(dir.path), ...args], { env })
    expect(await ended).toBe(1)
    expect(output()).toContain(said)
    expect(output()).not.toMatch(STACK)
  }
})

test('an edge with a wrong key ends with a sentence; one whose API is away waits for it', async () => {
  const hilo = await startHilo(dir.path)
  const own = await temporaryDataDir()
  const edge = ['--role', 'edge', '--edge-key', `hk_${'a'.repeat(43)}`]
  const wrong = runHilo([...onFreePorts(own.path), ...edge, '--api-url', hilo.web])
  expect(await wrong.ended).toBe(1)
  expect(wrong.output()).toContain(`The API at ${hilo.web} refuses the edge`)
  expect(wrong.output()).not.toMatch(STACK)
  const { port, release } = await takenPort()
  await release()
  const waiting = runHilo([...onFreePorts(own.path), ...edge, '--api-url', `http://127.0.0.1:${port}`])
  await waiting.said(/the API does not answer yet/)
  waiting.child.kill('SIGINT')
  expect(await waiting.ended).toBe(0)
  expect(waiting.output()).toContain('Stopped.')
  expect(await hilo.stop()).toBe(0)
  await own.remove()
})

test('production refuses to start without what it needs, at once and in words', async () => {
  const env = { HILO_ENV: 'production', DATABASE_URL: '' }
  const { ended, output } = runHilo(onFreePorts(dir.path), { env })
  expect(await ended).toBe(1)
  expect(output()).toMatch(/HOST \(--host\) is missing[^]*DATABASE_URL \(or DATABASE_URL_FILE\) is missing/)
  const seed = runHilo(['seed'], { env })
  expect(await seed.ended).toBe(1)
  expect(seed.output()).toContain('no place in production')
})
