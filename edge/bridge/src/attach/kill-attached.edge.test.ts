import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { newId } from '@hilo/kernel'
import { expect, it } from 'vitest'
import { attachedRig } from '../testing/attached-rig.ts'

const DEVICES = 4
const PURCHASES = 30
const KILLS = 3
const ALL = DEVICES * PURCHASES

it('bridges killed in turn under load lose no purchase and double none', { timeout: 120_000 }, async () => {
  const rig = await attachedRig({ devices: DEVICES })
  const { shop, mosquitto, known } = rig
  const bridges = new Map<string, ChildProcess>()
  const start = async (id: string) => {
    const args = [rig.path(`${id}.sqlite`), id, mosquitto.url, rig.apiUrl]
    const child = fork(new URL('../testing/attached-process.ts', import.meta.url), args)
    bridges.set(id, child)
    await once(child, 'message')
  }
  const kill = async (id: string) => {
    bridges.get(id)!.kill('SIGKILL')
    await once(bridges.get(id)!, 'exit')
  }
  await Promise.all(['one', 'two'].map(start))

  const replies = new Map<string, boolean>()
  const run = async (device: (typeof known)[number]) => {
    const client = await rig.connect({ broker: mosquitto }, device, { clean: false })
    client.on('message', (topic, payload) => {
      replies.set(topic.split('/').at(-1)!, (JSON.parse(payload.toString()) as { ok: boolean }).ok)
    })
    const own = `hilo/v1/demo/${device.id}/command`
    await client.subscribeAsync(`${own}/+/reply/+`, { qos: 1 })
    for (let count = 0; count < PURCHASES; count += 1) {
      await client.publishAsync(`${own}/purchase/request/${newId()}`, '{"v":1,"slot":"beans"}', { qos: 1 })
      // A device that waits for its answers, some at a time: the broker acknowledges long before the shop knows.
      await expect
        .poll(() => replies.size, { timeout: 60_000, interval: 5 })
        .toBeGreaterThan(count * DEVICES - 40)
    }
  }
  const load = Promise.all(known.map(run))
  for (let count = 1; count <= KILLS; count += 1) {
    const id = count % 2 === 0 ? 'two' : 'one'
    const enough = (count * ALL) / (KILLS + 2)
    await expect.poll(() => shop.orders.length, { timeout: 60_000, interval: 2 }).toBeGreaterThan(enough)
    await kill(id)
    // The other goes on alone, with what the broker keeps for the dead one too.
    const more = Math.min(shop.orders.length + 5, ALL - 1)
    await expect.poll(() => shop.orders.length, { timeout: 30_000, interval: 2 }).toBeGreaterThan(more)
    await start(id)
  }
  await load
  await expect.poll(() => replies.size, { timeout: 60_000 }).toBe(ALL)
  expect([...replies.values()].every(Boolean)).toBe(true)
  expect(shop.orders).toHaveLength(ALL)
  await Promise.all([...bridges.keys()].map(kill))
  await rig.close()
})
