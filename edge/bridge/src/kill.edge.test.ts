import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { testDevices, testDisk } from '@hilo/broker/testing'
import { newId } from '@hilo/kernel'
import { expect, it } from 'vitest'
import { smallShop } from './testing/small-shop.ts'

const DEVICES = 4
const PURCHASES = 50
const KILLS = 5

it('an edge killed under load loses no purchase and doubles none', { timeout: 120_000 }, async () => {
  const disk = testDisk()
  const devices = testDevices()
  const shop = smallShop(devices.passwords)
  const http = createServer((request, response) => void shop.serve(request, response)).listen(0, '127.0.0.1')
  await once(http, 'listening')
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`

  let port = 0
  let edge: ChildProcess
  const startEdge = async () => {
    const args = [disk.path('edge.sqlite'), String(port), url]
    edge = fork(new URL('./testing/edge-process.ts', import.meta.url), args)
    port = Number((await once(edge, 'message'))[0])
  }
  const killEdge = async () => {
    edge.kill('SIGKILL')
    await once(edge, 'exit')
  }
  await startEdge()

  const replies = new Map<string, boolean>()
  const run = async () => {
    const device = devices.device()
    const options = { clean: false, reconnectPeriod: 20 }
    const client = await devices.connect({ broker: { port } }, device, options)
    client.on('message', (topic, payload) => {
      const { ok } = JSON.parse(payload.toString()) as { ok: boolean }
      replies.set(topic.split('/').at(-1)!, ok)
    })
    const own = `hilo/v1/demo/${device.id}/command`
    await client.subscribeAsync(`${own}/+/reply/+`, { qos: 1 })
    for (let count = 0; count < PURCHASES; count += 1)
      await client.publishAsync(`${own}/purchase/request/${newId()}`, '{"v":1,"slot":"beans"}', { qos: 1 })
  }
  const load = Promise.all(Array.from({ length: DEVICES }, run))
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const enough = (kill * DEVICES * PURCHASES) / (KILLS + 1)
    await expect.poll(() => shop.orders.length, { timeout: 30_000, interval: 2 }).toBeGreaterThan(enough)
    await killEdge()
    await startEdge()
  }
  await load
  await expect.poll(() => replies.size, { timeout: 30_000 }).toBe(DEVICES * PURCHASES)
  expect([...replies.values()].every(Boolean)).toBe(true)
  expect(shop.orders).toHaveLength(DEVICES * PURCHASES)

  await devices.disconnectAll()
  await killEdge()
  http.closeAllConnections()
  http.close()
  disk.remove()
})
