import assert from 'node:assert'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '@hilo/store'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { durablePersistence } from './persistence.ts'
import { matches } from './retained.ts'

const folder = mkdtempSync(join(tmpdir(), 'hilo-persistence-'))
const stores: Store[] = []
const freshStore = (name = `${stores.length}.sqlite`) => {
  const store = openStore({ path: join(folder, name), windowMs: 0 })
  stores.push(store)
  return store
}
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()))
})
afterAll(() => rmSync(folder, { recursive: true }))

const suite = createRequire(import.meta.url)('aedes-persistence/abstract.js') as (options: object) => void

describe('the suite of aedes-persistence', () => {
  suite({
    testAsync: true,
    persistence: () => durablePersistence({ store: freshStore() }),
    // The suite is written for node:test: give it the parts of its context that it uses.
    test: (name: string, run: (context: object) => Promise<void>) =>
      it(name, () => run({ assert, diagnostic: () => {}, plan: () => {} })),
  })
})

const broker = { id: 'b1' }
const client = { id: 'dev_1' }
const message = (counter: number, text = 'x') => ({
  cmd: 'publish',
  topic: 'a/b',
  payload: Buffer.from(text),
  qos: 1 as const,
  retain: true,
  brokerId: broker.id,
  brokerCounter: counter,
})
const collect = <T>(stream: AsyncIterable<T>): Promise<T[]> => Array.fromAsync(stream)

describe('the persistence over a restart', () => {
  it('still has retained messages, sessions, queued messages and wills', async () => {
    const first = durablePersistence({ store: freshStore('restart.sqlite') })
    await first.setup(broker)
    await first.storeRetained(message(1))
    await first.addSubscriptions(client, [{ topic: 'a/+', qos: 1 }])
    await first.outgoingEnqueueCombi(await first.subscriptionsByTopic('a/b'), message(2, 'queued'))
    await first.putWill(client, { topic: 'a/status', payload: Buffer.from('gone'), qos: 1 })
    await stores.at(-1)!.close()

    const second = durablePersistence({ store: freshStore('restart.sqlite') })
    await second.setup({ id: 'b2' })
    expect(await collect(second.createRetainedStream('a/#'))).toMatchObject([{ topic: 'a/b' }])
    expect(await second.subscriptionsByTopic('a/b')).toMatchObject([{ clientId: 'dev_1' }])
    expect(String((await collect(second.outgoingStream(client)))[0]?.payload)).toBe('queued')
    expect(await collect(second.streamWill({ b2: 1 }))).toMatchObject([{ clientId: 'dev_1' }])
  })

  it('keeps the newest messages for a device that stays away, and none for ever', async () => {
    let clock = 1_000
    const limits = { messages: 3, ageMs: 100 }
    const kept = durablePersistence({ store: freshStore(), limits, now: () => clock })
    await kept.setup(broker)
    for (let counter = 1; counter <= 5; counter += 1)
      await kept.outgoingEnqueue({ clientId: client.id }, message(counter))
    const queue = await collect(kept.outgoingStream(client))
    expect(queue.map(({ brokerCounter }) => brokerCounter)).toEqual([3, 4, 5])
    clock += 100
    expect(await collect(kept.outgoingStream(client))).toEqual([])
  })

  it('cuts a queue before it is a tenth too long', async () => {
    const kept = durablePersistence({ store: freshStore(), limits: { messages: 30, ageMs: 1_000 } })
    await kept.setup(broker)
    for (let counter = 1; counter <= 50; counter += 1) {
      await kept.outgoingEnqueue({ clientId: client.id }, message(counter))
      const queue = await collect(kept.outgoingStream(client))
      expect(queue.length).toBeLessThanOrEqual(33)
      expect(queue.at(-1)?.brokerCounter).toBe(counter)
    }
  })

  it('forgets what was queued when a device starts a clean session', async () => {
    const kept = durablePersistence({ store: freshStore() })
    await kept.setup(broker)
    await kept.outgoingEnqueue({ clientId: client.id }, message(1))
    await kept.cleanSubscriptions(client)
    expect(await collect(kept.outgoingStream(client))).toEqual([])
  })
})

it.each([
  ['a/b', 'a/b', true],
  ['a/+', 'a/b', true],
  ['a/+', 'a', false],
  ['a/#', 'a', true],
  ['a/#', 'a/b/c', true],
  ['+/b', 'a/b', true],
  ['#', 'a/b', true],
  ['a/b', 'a/b/c', false],
  ['a/b/c', 'a/b', false],
])('the filter %s on the topic %s: %s', (filter, topic, expected) => {
  expect(matches(filter, topic)).toBe(expected)
})
