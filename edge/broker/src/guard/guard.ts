import { Duplex } from 'node:stream'
import { readConnect, type Connect } from './connect.ts'
import { readHeader, TYPE, typeOf } from './frame.ts'
import { problemOf } from './packet.ts'

/** Longest packet before the sign-in, in bytes. */
const MAX_BEFORE_SIGN_IN = 4_096
/** Longest packet after it: a payload of 64 KiB with its topic, in bytes. */
export const MAX_AFTER_SIGN_IN = 65_536 + 512

/** What the guard asks and tells while it watches one connection. */
export interface GuardRules {
  /** Milliseconds this device must wait before it may send a packet of this weight; 0 when it may, and then it counts. */
  readonly waitFor: (clientId: string, weight: number) => number
  /** Called once, when the connection is ended for breaking the rules. */
  readonly onRefused: (reason: string, clientId: string | undefined) => void
}

/** How long a refused client may take to read why, in milliseconds. */
const GOODBYE_MS = 1_000

// An acknowledgement answers something of ours, so there are as many as we send; it still costs a little.
const LIGHT: ReadonlySet<number> = new Set([TYPE.puback, TYPE.pubrec, TYPE.pubcomp])
const weightOf = (packet: Buffer): number => (LIGHT.has(typeOf(packet[0]!)) ? 0.1 : 1)

/**
 * Stands between a socket and aedes, which checks none of this itself: sizes before and after the sign-in, keepalive,
 * clean strings, message ids, and the rate of each device. Bytes that pass are not touched; a device that sends too
 * fast is read more slowly.
 */
export const guardStream = (socket: Duplex, rules: GuardRules): Duplex => {
  let phase: 'new' | 'signing in' | 'open' | 'ended' = 'new'
  let client: Connect | undefined
  let rest: Buffer = Buffer.alloc(0)
  let verdict: Buffer = Buffer.alloc(0)
  let hungry = true
  const waiting: Buffer[] = []
  let timer: NodeJS.Timeout | undefined

  const sayGoodbye = (bytes?: Buffer) => {
    socket.end(bytes)
    socket.resume()
    setTimeout(() => socket.destroy(), GOODBYE_MS).unref()
  }

  const refuse = (reason: string, goodbye?: Buffer) => {
    phase = 'ended'
    rules.onRefused(reason, client?.clientId)
    if (goodbye) sayGoodbye(goodbye)
    guard.destroy()
  }

  const push = (packet: Buffer) => {
    hungry = guard.push(packet)
  }

  /** Passes on what may go now, in order; the rest waits for the sign-in, for aedes, or for the device's rate. */
  const drain = () => {
    timer = undefined
    for (;;) {
      const packet = waiting[0]
      if (!packet || !hungry || phase !== 'open') break
      const wait = rules.waitFor(client!.clientId, weightOf(packet))
      if (wait > 0) {
        timer = setTimeout(drain, wait)
        break
      }
      waiting.shift()
      push(packet)
    }
    if (waiting.length === 0 && hungry) socket.resume()
    else socket.pause()
  }

  const takeConnect = (packet: Buffer, body: number) => {
    const connect = readConnect(packet, body)
    if ('reason' in connect) return refuse(connect.reason, connect.answer)
    client = connect
    phase = 'signing in'
    push(packet)
  }

  const takePacket = (packet: Buffer, body: number) => {
    if (phase === 'new') return takeConnect(packet, body)
    const problem = problemOf(packet, body)
    if (problem) return refuse(problem)
    waiting.push(packet)
  }

  const take = (chunk: Buffer) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    let at = 0
    for (;;) {
      if (phase === 'ended') return
      if (at === bytes.length) break
      if (phase === 'new' && bytes[at] !== TYPE.connect << 4) return refuse('no CONNECT')
      const header = readHeader(bytes, at)
      const limit = phase === 'open' ? MAX_AFTER_SIGN_IN : MAX_BEFORE_SIGN_IN
      if (!header || header.length > limit) return refuse(header ? 'packet too large' : 'malformed length')
      if (header.length === 0 || at + header.length > bytes.length) break
      takePacket(bytes.subarray(at, at + header.length), header.body - at)
      at += header.length
    }
    rest = bytes.subarray(at)
    if (!timer) drain()
  }

  /** Reads the CONNACK that aedes writes: four bytes, the last of which is the verdict. 3.2 */
  const overhear = (chunk: Buffer) => {
    verdict = Buffer.concat([verdict, chunk])
    if (verdict.length < 4) return
    phase = verdict[3] === 0 ? 'open' : 'ended'
  }

  const write = (chunk: Buffer, done: (error?: Error | null) => void) => {
    const before = phase
    if (phase === 'signing in') overhear(chunk)
    socket.write(chunk, done)
    if (before === 'signing in' && phase === 'ended') sayGoodbye()
    if (before === 'signing in' && phase === 'open') setImmediate(drain)
  }

  const guard: Duplex = new Duplex({
    read: () => {
      hungry = true
      if (!timer && phase !== 'ended') drain()
    },
    write: (chunk: Buffer, _encoding, done) => write(chunk, done),
    writev: (chunks, done) => write(Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer)), done),
    final: (done) => socket.end(done),
    destroy: (error, done) => {
      phase = 'ended'
      clearTimeout(timer)
      if (!socket.writableEnded) socket.destroy()
      done(error)
    },
  })

  socket.on('data', take)
  socket.on('end', () => guard.push(null))
  socket.on('error', (error) => guard.destroy(error))
  socket.on('close', () => guard.destroy())
  return guard
}
