import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { startEmbeddedPostgres } from '../index.ts'
import { proveDurability } from '../testing/prove-durability.ts'
import { temporaryFolder } from '../testing/throwaway-postgres.ts'

const run = promisify(execFile)
const root = await temporaryFolder()
afterAll(() => rm(root, { recursive: true, force: true }))

/** One cluster for the tests that start it again; making one takes a second. */
const shared = join(root, 'shared')
const start = (dataDir = shared) => startEmbeddedPostgres({ dataDir, durable: false })

const query = async (url: string, text: string): Promise<unknown[][]> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query({ text, rowMode: 'array' })
  await client.end()
  return rows as unknown[][]
}

/** Every process that is not a zombie, with its parent. */
const processes = async () => {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=', '-o', 'ppid=', '-o', 'stat='])
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => !state!.startsWith('Z'))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }))
}

const isAlive = async (pid: number) => (await processes()).some((each) => each.pid === pid)

const SERVE = fileURLToPath(new URL('../testing/serve-until-killed.ts', import.meta.url))

/** Another process that has the server of a folder. */
const otherProcess = async (dataDir = shared) => {
  const child = spawn(process.execPath, [SERVE, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const [server, port] = line.split(' ').map(Number)
  return { child, server: server!, port: port!, ended: once(child, 'exit') }
}

describe('the embedded Postgres', () => {
  it('keeps its data from one start to the next and leaves no process behind', async () => {
    const lines: string[] = []
    const first = await startEmbeddedPostgres({
      dataDir: shared,
      durable: false,
      log: (line) => lines.push(line),
    })
    await query(first.url, 'create table kept as select 42 as answer')
    await first.stop()
    expect(await isAlive(first.pid)).toBe(false)
    const second = await start()
    expect(await query(second.url, 'select answer from kept')).toEqual([[42]])
    await second.stop()
    expect(lines[0]).toContain('Creating the database')
    expect(lines.join()).not.toContain(new URL(first.url).password)
  })

  it('is reached on the loopback only, with a password of its own that others cannot read', async () => {
    const server = await start()
    const address = new URL(server.url)
    expect(address.hostname).toBe('127.0.0.1')
    expect(address.password).toMatch(/^[\w-]{32}$/)
    expect((await stat(join(shared, 'password'))).mode & 0o777).toBe(0o600)
    expect(
      await query(
        server.url,
        `select current_setting('unix_socket_directories'), current_setting('listen_addresses')`,
      ),
    ).toEqual([['', '127.0.0.1']])
    address.password = 'guess'
    await expect(query(address.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    await server.stop()
  })

  it('sorts by code point by default, and as a language does when asked', async () => {
    const server = await start()
    const sorted = (collation: string) =>
      query(server.url, `select w from unnest(array['z', 'ñ', 'n', 'Z']) as w order by w ${collation}`)
    expect((await sorted('')).flat()).toEqual(['Z', 'n', 'z', 'ñ'])
    expect((await sorted('collate "es-x-icu"')).flat()).toEqual(['n', 'ñ', 'z', 'Z'])
    expect(
      await query(
        server.url,
        'select datlocprovider, datlocale from pg_database where datname = current_database()',
      ),
    ).toEqual([['b', 'C.UTF-8']])
    await server.stop()
  })

  it('tells a second process who is at it, and a second start in the same one too', async () => {
    const other = await otherProcess()
    await expect(start()).rejects.toMatchObject({ code: 'ALREADY_RUNNING', pid: other.child.pid })
    other.child.kill('SIGKILL')
    await other.ended
    const own = await start()
    await expect(start()).rejects.toMatchObject({ code: 'ALREADY_RUNNING', pid: process.pid })
    await own.stop()
  })

  it('ends with its process, even by kill -9', async () => {
    const other = await otherProcess()
    other.child.kill('SIGKILL')
    await expect.poll(() => isAlive(other.server), { timeout: 20_000 }).toBe(false)
  })

  it('ends an orphan whose supervisor was killed too', async () => {
    const other = await otherProcess()
    const all = await processes()
    const supervisor = all.find(({ pid }) => pid === other.server)!.parent
    const siblings = all.filter(({ pid, parent }) => parent === supervisor && pid !== other.server)
    for (const { pid } of siblings) process.kill(pid, 'SIGKILL')
    process.kill(supervisor, 'SIGKILL')
    other.child.kill('SIGKILL')
    await other.ended
    expect(await isAlive(other.server)).toBe(true)
    const server = await start()
    expect(await isAlive(other.server)).toBe(false)
    expect(await query(server.url, 'select answer from kept')).toEqual([[42]])
    await server.stop()
  })

  it('recovers after its server was killed while a query ran, which it ends', async () => {
    const broken = await start()
    const client = new Client({ connectionString: broken.url })
    client.on('error', () => undefined)
    await client.connect()
    const [[backend]] = (await client.query({ text: 'select pg_backend_pid()', rowMode: 'array' })).rows as [
      [number],
    ]
    const busy = expect(client.query('select count(*) from generate_series(1, 1e12::int8)')).rejects.toThrow()
    process.kill(broken.pid, 'SIGKILL')
    expect(await broken.exited).not.toBe(0)
    const server = await start()
    await busy
    expect(await isAlive(backend)).toBe(false)
    expect(await query(server.url, 'select answer from kept')).toEqual([[42]])
    await server.stop()
  })

  it('is not misled by a process id that the machine gave to another process', async () => {
    const data = join(await realpath(shared), 'data')
    await writeFile(
      join(data, 'postmaster.pid'),
      `${process.pid}\n${data}\n1700000000\n5432\n\n127.0.0.1\n\nready\n`,
    )
    const server = await start()
    await server.stop()
  })

  it('says which port is taken, and leaves the folder free', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const wanted = { dataDir: shared, durable: false, port }
    await expect(startEmbeddedPostgres(wanted)).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringContaining(String(port)),
    })
    await new Promise((resolve) => taken.close(resolve))
    const server = await startEmbeddedPostgres(wanted)
    expect(server.port).toBe(port)
    await server.stop()
  })

  it('begins again when the first start was cut short', async () => {
    const dataDir = join(root, 'cut')
    await mkdir(join(dataDir, 'init-abcdef', 'base'), { recursive: true })
    const server = await start(dataDir)
    expect(await readdir(dataDir)).not.toContain('init-abcdef')
    await server.stop()
    await writeFile(join(dataDir, 'data', 'PG_VERSION'), '17\n')
    await expect(start(dataDir)).rejects.toMatchObject({
      code: 'WRONG_VERSION',
      message: expect.stringContaining('17'),
    })
  })

  it('works in a private folder, as root too, and refuses a path that is a file', async () => {
    const secret = join(root, 'private')
    await mkdir(secret, { mode: 0o700 })
    const dataDir = join(secret, 'postgres')
    const server = await start(dataDir)
    expect(await query(server.url, 'select 1')).toEqual([[1]])
    await server.stop()
    await rm(await realpath(dataDir), { recursive: true })
    await writeFile(join(secret, 'file'), '')
    await expect(start(join(secret, 'file'))).rejects.toMatchObject({ code: 'FOLDER_NOT_USABLE' })
  })

  it('loses nothing acknowledged when its process, then its server too, is killed under load', async () => {
    const proof = { dataDir: join(root, 'proof'), cycles: 3, log: () => undefined }
    const { acknowledged } = await proveDurability(proof)
    expect(acknowledged).toBeGreaterThan(100)
  })
})
