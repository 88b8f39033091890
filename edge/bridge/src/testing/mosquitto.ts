import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'

/** The program; it may not be installed. */
export const MOSQUITTO = '/usr/sbin/mosquitto'

/** Who may sign in, and whether the broker's rules let devices write below their own id only. */
interface MosquittoOptions {
  readonly folder: string
  /** Passwords by user name. */
  readonly users: ReadonlyMap<string, string>
  readonly hasRules: boolean
}

const RULES = `user hilo
topic readwrite hilo/v1/demo/#
pattern write hilo/v1/demo/%u/status
pattern write hilo/v1/demo/%u/reading/+
pattern write hilo/v1/demo/%u/command/+/request/+
pattern write hilo/v1/demo/%u/notification/+/ack
pattern read hilo/v1/demo/%u/#
pattern read hilo/v1/demo/catalog/#
`

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => void server.close(resolve))
  return port
}

/** Runs the real Mosquitto on a free port, with passwords, rules and a folder that outlives a restart. */
export const startMosquitto = async ({ folder, users, hasRules }: MosquittoOptions) => {
  const port = await freePort()
  const file = (name: string) => join(folder, name)
  mkdirSync(folder, { recursive: true })
  const listed = [...users].map(([user, password]) => `${user}:${password}\n`).join('')
  writeFileSync(file('passwords'), listed)
  execFileSync('mosquitto_passwd', ['-U', file('passwords')])
  writeFileSync(file('rules'), RULES)
  writeFileSync(
    file('mosquitto.conf'),
    [
      `listener ${port} 127.0.0.1`,
      'user root',
      'allow_anonymous false',
      `password_file ${file('passwords')}`,
      hasRules ? `acl_file ${file('rules')}` : '',
      'persistence true',
      `persistence_location ${folder}/`,
      'max_queued_messages 10000',
      'log_type error',
    ].join('\n'),
  )
  let running: ChildProcess
  const listens = async (): Promise<void> => {
    for (;;) {
      const socket = connect(port, '127.0.0.1')
      const isThere = await new Promise<boolean>((resolve) => {
        socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      })
      socket.destroy()
      if (isThere) return
      if (running.exitCode !== null) throw new Error(`Mosquitto ended with ${running.exitCode}`)
    }
  }
  const start = async () => {
    running = spawn(MOSQUITTO, ['-c', file('mosquitto.conf')], { stdio: 'ignore' })
    await listens()
  }
  const stop = async () => {
    if (running.exitCode !== null) return
    running.kill('SIGTERM')
    await once(running, 'exit')
  }
  await start()
  return { port, url: `mqtt://hilo@127.0.0.1:${port}`, pid: () => running.pid!, start, stop }
}
