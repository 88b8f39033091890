import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'

/** A port that somebody else listens on. */
export const takenPort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { port, release: () => new Promise((resolve) => server.close(resolve)) }
}

/** True when nobody listens on the port of this address. */
export const isFree = async (address: string): Promise<boolean> => {
  const server = createServer().listen(Number(new URL(address).port), '127.0.0.1')
  const free = await once(server, 'listening').then(
    () => true,
    () => false,
  )
  if (free) await new Promise((resolve) => server.close(resolve))
  return free
}

/** The process of the embedded Postgres of a data folder, while there is one. */
export const postgresPid = async (dataDir: string): Promise<number | undefined> => {
  const file = await readFile(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').catch(() => '')
  return Number.parseInt(file, 10) || undefined
}

/** True while a process with this id runs. */
export const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Ports that are free now, all different. */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const taken = await Promise.all(Array.from({ length: count }, takenPort))
  await Promise.all(taken.map(({ release }) => release()))
  return taken.map(({ port }) => port)
}
