// Thousands of devices in a process of their own.
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type LightDevice, lightDevice } from '@hilo/broker/testing'
import { purchaseTopic } from './topics.ts'

/** A device that may sign in. */
export interface Member {
  readonly id: string
  readonly username?: string
  readonly password: string
  /** What it subscribes to, with QoS; nothing when its session has it already. */
  readonly topics: readonly (readonly [string, 0 | 1])[]
}

/** What the bench says to this process. */
export type ToDevices =
  | {
      readonly kind: 'connect'
      readonly port: number
      readonly members: readonly Member[]
      readonly clean: boolean
    }
  /** Waits until so many messages have come since the last time; which ones, is said by the end of their topic. */
  | { readonly kind: 'await'; readonly count: number; readonly ending: string }
  | { readonly kind: 'drop' }
  /** Sends purchases, so many in a second, and waits for the reply to each. */
  | {
      readonly kind: 'buy'
      readonly skus: readonly string[]
      readonly perSecond: number
      readonly count: number
    }
  /** Sends purchases as fast as they are acknowledged, so many under way at once. */
  | { readonly kind: 'send'; readonly atOnce: number; readonly seconds: number }

/** Times in milliseconds; `at` since 1970. */
export interface FromDevices {
  readonly connected: { readonly ms: number; readonly sessions: number }
  readonly awaited: { readonly at: number }
  readonly bought: {
    readonly p50: number
    readonly p99: number
    readonly ackP99: number
    readonly perSecond: number
  }
  readonly sent: { readonly p50: number; readonly p99: number; readonly perSecond: number }
}

/** Sign-ins under way at once. */
const DOOR = 100

const now = (): number => performance.timeOrigin + performance.now()
const share = (times: readonly number[], part: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * part)] ?? 0

let devices: { readonly id: string; readonly device: LightDevice }[] = []
let arrived: string[] = []
let look = (): void => {}
const waiting = new Map<string, (payload: Buffer) => void>()

const onMessage = (topic: string, payload: Buffer): void => {
  const answered = waiting.get(topic)
  if (answered) return answered(payload)
  arrived.push(topic)
  look()
}

const connect = async ({ port, members, clean }: Extract<ToDevices, { kind: 'connect' }>) => {
  const startedAt = now()
  const part = members.values()
  let sessions = 0
  const lane = async (): Promise<void> => {
    for (const { topics, ...member } of part) {
      const device = await lightDevice({ port, clean, onMessage, ...member })
      devices.push({ id: member.id, device })
      if (device.hadSession) sessions += 1
      for (const topic of topics) await device.subscribe(...topic)
    }
  }
  await Promise.all(Array.from({ length: DOOR }, lane))
  return { ms: now() - startedAt, sessions }
}

const awaitMessages = ({ count, ending }: Extract<ToDevices, { kind: 'await' }>) =>
  new Promise<FromDevices['awaited']>((resolve) => {
    let seen = 0
    let hits = 0
    look = () => {
      for (; seen < arrived.length; seen += 1) if (arrived[seen]!.endsWith(ending)) hits += 1
      if (hits < count) return
      look = () => {}
      arrived = []
      resolve({ at: now() })
    }
    look()
  })

const buy = async ({ skus, perSecond, count }: Extract<ToDevices, { kind: 'buy' }>) => {
  const times: number[] = []
  const acknowledged: number[] = []
  const one = async (turn: number): Promise<void> => {
    const { id, device } = devices[turn % devices.length]!
    const rid = randomUUID()
    const sentAt = now()
    const replied = new Promise<Buffer>((resolve) => {
      waiting.set(`${purchaseTopic(id, 'reply')}/${rid}`, resolve)
    })
    const sku = skus[turn % skus.length]!
    await device.publish(
      `${purchaseTopic(id, 'request')}/${rid}`,
      JSON.stringify({ v: 1, rid, ts: Date.now(), sku, quantity: 1 }),
    )
    acknowledged.push(now() - sentAt)
    const reply = await replied
    times.push(now() - sentAt)
    if (!reply.includes('"PLACED"')) throw new Error(`A purchase was answered with ${reply.toString()}`)
  }
  const startedAt = now()
  const under: Promise<void>[] = []
  for (let turn = 0; turn < count; turn += 1) {
    const early = startedAt + (turn * 1_000) / perSecond - now()
    if (early > 0) await delay(early)
    under.push(one(turn))
  }
  await Promise.all(under)
  return {
    p50: share(times, 0.5),
    p99: share(times, 0.99),
    ackP99: share(acknowledged, 0.99),
    perSecond: (count * 1_000) / (now() - startedAt),
  }
}

const send = async ({ atOnce, seconds }: Extract<ToDevices, { kind: 'send' }>) => {
  const times: number[] = []
  const startedAt = now()
  const until = startedAt + seconds * 1_000
  let turn = 0
  const lane = async (): Promise<void> => {
    while (now() < until) {
      const { id, device } = devices[turn++ % devices.length]!
      const rid = randomUUID()
      const sentAt = now()
      await device.publish(
        `${purchaseTopic(id, 'request')}/${rid}`,
        JSON.stringify({ v: 1, rid, ts: Date.now(), slot: 'beans', quantity: 1 }),
      )
      times.push(now() - sentAt)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return {
    perSecond: (times.length * 1_000) / (now() - startedAt),
    p50: share(times, 0.5),
    p99: share(times, 0.99),
  }
}

const answer = async (message: ToDevices): Promise<object> => {
  switch (message.kind) {
    case 'connect':
      return connect(message)
    case 'await':
      return awaitMessages(message)
    case 'drop':
      for (const { device } of devices) device.drop()
      devices = []
      arrived = []
      return {}
    case 'buy':
      return buy(message)
    case 'send':
      return send(message)
  }
}

process.on('message', (message: ToDevices) => {
  answer(message).then(
    (answered) => process.send?.(answered),
    (error: unknown) => process.send?.({ failed: error instanceof Error ? error.stack : String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
