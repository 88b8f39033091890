import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { inboxOf, silent, type TestDevice } from '@hilo/broker/testing'
import { newId } from '@hilo/kernel'
import { Aedes } from 'aedes'
import type { AddressInfo } from 'node:net'
import { connectAsync, type IClientOptions } from 'mqtt'
import { afterEach, expect, it } from 'vitest'
import { attachedRig } from '../testing/attached-rig.ts'
import { QUICK } from '../testing/rig.ts'
import { attachTo } from './attach.ts'

type Rig = Awaited<ReturnType<typeof attachedRig>>
let rig: Rig
const stand = async (options: Parameters<typeof attachedRig>[0] = {}) => {
  rig = await attachedRig(options)
  return rig
}
afterEach(() => rig.close())

const BUY = JSON.stringify({ v: 1, slot: 'beans' })
const own = (device: TestDevice, rest: string) => `hilo/v1/demo/${device.id}/${rest}`
const requestTopic = (device: TestDevice, rid: string, verb = 'purchase') =>
  own(device, `command/${verb}/request/${rid}`)
const bodyOf = ({ text }: { text: string }): Record<string, unknown> => JSON.parse(text)

/** A device at the broker that listens to everything meant for it. */
const arrive = async (device: TestDevice, options: IClientOptions = {}) => {
  const client = await rig.connect({ broker: rig.mosquitto }, device, { clean: false, ...options })
  const inbox = inboxOf(client)
  await client.subscribeAsync([own(device, 'command/+/reply/+'), own(device, 'notification/+')], { qos: 1 })
  const send = (verb: string, payload: string | object, rid = newId()) =>
    client.publishAsync(
      requestTopic(device, rid, verb),
      typeof payload === 'string' ? payload : JSON.stringify(payload),
      { qos: 1 },
    )
  const ask = async (verb: string, payload: string | object, rid = newId()) => {
    await send(verb, payload, rid)
    const wanted = own(device, `command/${verb}/reply/${rid}`)
    let reply = await inbox.next()
    while (reply.topic !== wanted) reply = await inbox.next()
    return bodyOf(reply)
  }
  return { client, device, inbox, send, ask }
}

it.each([4, 5] as const)('over MQTT %s a device asks, buys once, cancels and is told', async (version) => {
  const { known, attach, shop } = await stand()
  const { bridge } = await attach('one', {
    address: { url: rig.mosquitto.url, password: 'bridge-secret', protocolVersion: version },
  })
  await bridge.ready
  const { device, client, inbox, ask } = await arrive(known[0]!, { protocolVersion: version })
  const topic = 'hilo/v1/demo/catalog/coffee/price/COF-1'
  await client.subscribeAsync(topic, { qos: 1 })
  expect(bodyOf(await inbox.next())).toMatchObject({ price: { amountMinor: 1250 } })
  shop.setPrice('COF-1', 1100)
  expect(bodyOf(await inbox.next())).toMatchObject({ price: { amountMinor: 1100 }, version: '1' })

  const rid = newId()
  const bought = await ask('purchase', BUY, rid)
  expect(bought).toMatchObject({ ok: true, status: 'PLACED', order: { number: 'H-1' } })
  expect(await ask('purchase', BUY, rid)).toEqual({ ...bought, replayed: true })
  expect(await ask('cancel', { v: 1, order: 'order_1' })).toMatchObject({ status: 'CANCELLED' })
  expect(await ask('dance', { v: 1 })).toMatchObject({ error: { code: 'VERB_NOT_SUPPORTED' } })
  shop.notify(device.id, 'notif_1')
  expect((await inbox.next()).topic).toBe(own(device, 'notification/notif_1'))
  await client.publishAsync(own(device, 'status'), '{"state":"online"}', { qos: 1, retain: true })
  await client.publishAsync(own(device, 'reading/beans'), '40', { qos: 0 })
  await expect.poll(() => shop.reports).toMatchObject([{ state: 'ONLINE' }, { value: 40 }])
  expect(shop.orders).toHaveLength(1)
})

it('an MQTT 5 client is answered where it asked, below its own id only', async () => {
  const { known, attach } = await stand()
  await attach('one')
  const client = await rig.connect({ broker: rig.mosquitto }, known[0]!, { protocolVersion: 5 })
  const device = known[0]!
  await client.subscribeAsync([own(device, 'mine'), own(device, 'command/+/reply/+')], { qos: 1 })
  const answers: [string, string | undefined][] = []
  client.on('message', (topic, _payload, { properties }) => {
    answers.push([topic, properties?.correlationData?.toString()])
  })
  const ask = (responseTopic: string, rid: string) =>
    client.publishAsync(requestTopic(device, rid, 'time'), '{"v":1}', {
      qos: 1,
      properties: { responseTopic, correlationData: Buffer.from('c1') },
    })
  const [first, second] = [newId(), newId()]
  await ask(own(device, 'mine'), first)
  await expect.poll(() => answers).toEqual([[own(device, 'mine'), 'c1']])
  await ask('hilo/v1/demo/dev_other/command/time/reply/x', second)
  await expect.poll(() => answers.at(-1)?.[0]).toBe(own(device, `command/time/reply/${second}`))
})

it('what was retained triggers nothing, before and after the bridge came', async () => {
  const { known, attach, shop } = await stand()
  const { client, ask } = await arrive(known[0]!)
  const rid = newId()
  await client.publishAsync(requestTopic(known[0]!, rid), BUY, { qos: 1, retain: true })
  const { stop } = await attach('one')
  expect(await ask('time', { v: 1 })).toMatchObject({ ok: true })
  expect(await ask('purchase', BUY, rid)).toMatchObject({ ok: true })
  await stop()
  await attach('one')
  await ask('time', { v: 1 })
  expect(shop.orders).toHaveLength(1)
})

it('is acknowledged to the broker only when it was taken; what was not comes again', async () => {
  const { known } = await stand()
  const attached = attachTo({
    shop: 'demo',
    bridgeId: 'one',
    trusted: true,
    log: silent,
    backoff: QUICK.backoff,
    address: { url: rig.mosquitto.url, password: 'bridge-secret' },
  })
  const seen: string[] = []
  attached.attachment.onMessage(async ({ topic }) => {
    seen.push(topic)
    if (seen.length < 3) throw new Error('disk full')
  })
  await attached.ready
  const { send } = await arrive(known[0]!)
  const rid = newId()
  await send('purchase', BUY, rid)
  await expect.poll(() => seen).toEqual(Array(3).fill(requestTopic(known[0]!, rid)))
  await attached.close()
})

it('two bridges share the messages, say each thing once, and buy once what reaches both', async () => {
  const { known, attach, shop } = await stand({ devices: 4 })
  const edges = [await attach('one'), await attach('two')]
  await Promise.all(edges.map(({ bridge }) => bridge.ready))
  const devices = await Promise.all(known.map((device) => arrive(device)))
  const heard: string[] = []
  devices[0]!.client.on('message', (topic) => heard.push(topic))
  for (const { ask } of devices)
    for (let count = 0; count < 5; count += 1) expect(await ask('purchase', BUY)).toMatchObject({ ok: true })
  const taken = edges.map(({ store }) => store.sql.all('SELECT * FROM inbox').length)
  expect(taken).toEqual([10, 10])
  expect(shop.orders).toHaveLength(20)

  const rid = newId()
  const { send, device } = devices[0]!
  await Promise.all([send('purchase', BUY, rid), send('purchase', BUY, rid)])
  const replyTopic = own(device, `command/purchase/reply/${rid}`)
  await expect.poll(() => heard.filter((topic) => topic === replyTopic)).toHaveLength(2)
  expect(shop.orders).toHaveLength(21)

  for (const id of ['notif_1', 'notif_2']) shop.notify(device.id, id)
  await expect.poll(() => heard.filter((topic) => topic.includes('notif_'))).toHaveLength(2)
  await devices[0]!.ask('time', { v: 1 }).catch(() => {})
  expect(heard.filter((topic) => topic.includes('notif_'))).toHaveLength(2)
})

it('what the broker keeps for a bridge that is away is taken by the other, until it is back', async () => {
  const { known, attach, shop } = await stand()
  const [first, second] = [await attach('one', { graceMs: 50 }), await attach('two', { graceMs: 50 })]
  const { ask } = await arrive(known[0]!)
  await second.stop()
  for (let count = 0; count < 6; count += 1) expect(await ask('purchase', BUY)).toMatchObject({ ok: true })
  expect(first.attached.status().takenOver).toEqual(['two'])
  await attach('two', { graceMs: 50 })
  await expect.poll(() => first.attached.status().takenOver).toEqual([])
  for (let count = 0; count < 6; count += 1) expect(await ask('purchase', BUY)).toMatchObject({ ok: true })
  expect(shop.orders).toHaveLength(12)
})

it('goes on after the broker was restarted, and loses nothing that the broker had taken', async () => {
  const { known, attach, shop, mosquitto } = await stand()
  const { stop } = await attach('one', { shared: false })
  const { send, ask } = await arrive(known[0]!, { reconnectPeriod: 20 })
  expect(await ask('purchase', BUY)).toMatchObject({ ok: true })
  await stop()
  await send('purchase', BUY)
  await mosquitto.stop()
  await mosquitto.start()
  // Mosquitto forgets shared subscriptions at its restart: a single bridge has a subscription of its own.
  const { attached } = await attach('one', { shared: false })
  await expect.poll(() => shop.orders).toHaveLength(2)
  await mosquitto.stop()
  await expect.poll(() => attached.status().connected).toBe(false)
  await mosquitto.start()
  await expect.poll(() => attached.status().connected).toBe(true)
  expect(await ask('purchase', BUY)).toMatchObject({ ok: true })
  expect(shop.orders).toHaveLength(3)
})

it('speaks 3.1.1 with a broker that knows nothing newer', async () => {
  await stand()
  const aedes = await Aedes.createBroker()
  const server = createServer((socket) => void aedes.handle(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { attached } = await rig.attach('one', { address: { url }, shared: false })
  expect(attached.status()).toEqual({ connected: true, mqtt: '3.1.1', takenOver: [] })
  const device = rig.known[0]!
  const client = await connectAsync(url)
  const inbox = inboxOf(client)
  await client.subscribeAsync(own(device, 'command/+/reply/+'), { qos: 1 })
  await client.publishAsync(requestTopic(device, newId()), BUY, { qos: 1 })
  expect(bodyOf(await inbox.next())).toMatchObject({ ok: true, status: 'PLACED' })
  await client.endAsync()
  await attached.close()
  await new Promise<void>((resolve) => aedes.close(resolve))
  server.close()
})

const signed = (topic: string, key: KeyObject, rid: string) => {
  const request = JSON.stringify({ v: 1, rid, ts: Date.now(), slot: 'beans' })
  const signature = sign(null, Buffer.from(`${topic}\n${request}`), key).toString('base64url')
  return JSON.stringify({ v: 1, request, signature })
}

it('where anybody may write anywhere, only what the device signed is bought', async () => {
  const { known, attach, shop } = await stand({ devices: 2, hasRules: false })
  await attach('one')
  const [victim, forger] = known as [TestDevice, TestDevice]
  const keys = generateKeyPairSync('ed25519')
  shop.keys.set(victim.id, keys.publicKey)
  const { ask, inbox } = await arrive(victim)
  const { client } = await arrive(forger)
  const forged = async (rid: string, payload: string) => {
    await client.publishAsync(requestTopic(victim, rid), payload, { qos: 1 })
    return bodyOf(await inbox.next())
  }
  expect(await forged(newId(), BUY)).toMatchObject({ error: { code: 'SIGNATURE_REQUIRED' } })
  const rid = newId()
  const other = generateKeyPairSync('ed25519').privateKey
  const withOther = signed(requestTopic(victim, rid), other, rid)
  expect(await forged(rid, withOther)).toMatchObject({ error: { code: 'SIGNATURE_INVALID' } })
  expect(shop.orders).toEqual([])

  const mine = newId()
  const payload = signed(requestTopic(victim, mine), keys.privateKey, mine)
  expect(await ask('purchase', payload, mine)).toMatchObject({ ok: true, status: 'PLACED' })
  const anew = signed(requestTopic(victim, mine), keys.privateKey, mine)
  expect(await ask('purchase', anew, mine)).toMatchObject({ ok: true, replayed: true })
  expect(await forged(mine, payload)).toMatchObject({ replayed: true })
  expect(shop.orders).toHaveLength(1)
})

it('where the broker has rules, nobody writes in the name of another', async () => {
  const { known, attach, shop } = await stand({ devices: 2 })
  await attach('one')
  const [victim, forger] = known as [TestDevice, TestDevice]
  const { client, ask } = await arrive(forger)
  await client.publishAsync(requestTopic(victim, newId()), BUY, { qos: 1 })
  expect(await ask('purchase', BUY)).toMatchObject({ ok: true })
  expect(shop.orders).toMatchObject([{ device: forger.id }])
})

it('whatever a revoked device sends is refused', async () => {
  const { known, attach, shop } = await stand()
  await attach('one')
  const { ask } = await arrive(known[0]!)
  shop.revoke(known[0]!.id)
  expect(await ask('purchase', BUY)).toMatchObject({ ok: false, error: { code: 'DEVICE_REVOKED' } })
  expect(shop.orders).toEqual([])
})
