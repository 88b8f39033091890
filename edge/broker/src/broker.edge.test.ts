import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect as connectTcp, type AddressInfo } from 'node:net'
import { connectAsync } from 'mqtt'
import { generate } from 'mqtt-packet'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closed, inboxOf } from './testing/devices.ts'
import { brokerRig } from './testing/rig.ts'

let rig: ReturnType<typeof brokerRig>
beforeEach(() => {
  rig = brokerRig()
})
afterEach(() => rig.close())

const bytes = (text: string) => new TextEncoder().encode(text)
const topicOf = (device: { id: string }, rest: string) => `hilo/v1/demo/${device.id}/${rest}`
const request = (device: { id: string }, rid = '1') => topicOf(device, `command/price/request/${rid}`)
const online = JSON.stringify({ state: 'online' })
const offline = JSON.stringify({ state: 'offline' })
const lasting = { qos: 1, retain: true } as const

describe('signing in', () => {
  it('lets a device in over TCP and over WebSocket', async () => {
    const { broker } = await rig.start()
    const machine = rig.device()
    await rig.connect({ broker }, machine)
    const http = createServer()
    http.on('upgrade', broker.handleUpgrade)
    http.listen(0, '127.0.0.1')
    await once(http, 'listening')
    const watch = rig.device()
    const client = await connectAsync(`ws://127.0.0.1:${(http.address() as AddressInfo).port}/mqtt`, {
      clientId: watch.id,
      username: watch.id,
      password: watch.password,
    })
    expect(broker.connections()).toBe(2)
    await client.publishAsync(topicOf(watch, 'status'), online, { qos: 1 })
    await client.endAsync()
    http.closeAllConnections()
    http.close()
  })

  it.each([
    ['a wrong password', 4, { password: 'guess' }],
    ['no password', 4, { password: undefined }],
    ['the user name of another', 4, { username: 'somebody' }],
    ['a client id that is no device', 2, { clientId: 'printer', username: 'printer' }],
    [
      'a will on a foreign topic',
      5,
      { will: { topic: 'hilo/v1/demo/dev_x/status', payload: Buffer.from(offline) } },
    ],
  ])('refuses %s with return code %d', async (_what, code, options) => {
    const { broker } = await rig.start()
    await expect(rig.connect({ broker }, rig.device(), options as never)).rejects.toMatchObject({ code })
    expect(broker.connections()).toBe(0)
  })

  it('refuses a will that would say online', async () => {
    const { broker } = await rig.start()
    const machine = rig.device()
    const will = { topic: topicOf(machine, 'status'), payload: Buffer.from(online), ...lasting }
    await expect(rig.connect({ broker }, machine, { will })).rejects.toMatchObject({ code: 5 })
  })

  it('asks a device to come back when credentials cannot be checked', async () => {
    const { broker } = await rig.start({ authenticate: () => Promise.reject(new Error('API away')) })
    await expect(rig.connect({ broker }, rig.device())).rejects.toMatchObject({ code: 3 })
  })

  it('makes a device wait after failed sign-ins, even with the right password', async () => {
    const { broker } = await rig.start({ limits: { failuresPerDevice: 2 } })
    const machine = rig.device()
    for (let attempt = 0; attempt < 2; attempt += 1)
      await expect(rig.connect({ broker }, { ...machine, password: 'guess' })).rejects.toMatchObject({
        code: 4,
      })
    await expect(rig.connect({ broker }, machine)).rejects.toMatchObject({ code: 5 })
  })

  it('counts the connections of an address', async () => {
    const { broker } = await rig.start({ limits: { connectionsPerAddress: 1 } })
    const first = await rig.connect({ broker }, rig.device())
    await once(connectTcp(broker.port!, '127.0.0.1').resume(), 'close')
    await first.endAsync()
    await rig.connect({ broker }, rig.device())
  })

  it('ends the old connection of a device only for one that has its password', async () => {
    const { broker } = await rig.start()
    const machine = rig.device()
    const first = await rig.connect({ broker }, machine)
    await expect(rig.connect({ broker }, { ...machine, password: 'guess' })).rejects.toThrow()
    expect(first.connected).toBe(true)
    const over = closed(first)
    await rig.connect({ broker }, machine)
    await over
    expect(broker.connections()).toBe(1)
  })

  it('survives garbage before and after the sign-in', async () => {
    const { broker } = await rig.start()
    const machine = rig.device()
    const hello = generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      clientId: machine.id,
      username: machine.id,
      password: Buffer.from(machine.password),
      keepalive: 60,
    })
    for (const garbage of [
      bytes('GET / HTTP/1.1\r\n'),
      Buffer.alloc(9_000),
      Buffer.concat([hello, Buffer.of(0, 0)]),
    ]) {
      const socket = connectTcp(broker.port!, '127.0.0.1')
      socket.resume().write(garbage)
      socket.on('error', () => {})
      await once(socket, 'close')
    }
    await rig.connect({ broker }, machine)
  })
})

describe('what a device may do', () => {
  it('closes the connection of one that publishes where it may not', async () => {
    const { broker, received } = await rig.start()
    const stranger = await rig.connect({ broker }, rig.device())
    const over = closed(stranger)
    stranger.publish(request(rig.device()), '{}', { qos: 1 })
    await over
    expect(received).toEqual([])
  })

  it('answers 0x80 to a forbidden subscription, and grants its neighbours', async () => {
    const { broker } = await rig.start()
    const victim = rig.device()
    const device = rig.device()
    const stranger = await rig.connect({ broker }, device, { clean: false })
    const filters = [topicOf(victim, '#'), topicOf(device, '#'), 'hilo/v1/demo/catalog/web/price/A', '#']
    const granted = await stranger.subscribeAsync(filters, { qos: 1 }).catch((error: unknown) => error)
    expect(String(granted)).toContain('Unspecified')
    const news = inboxOf(stranger)
    await broker.attachment.publish(topicOf(victim, 'notification/1'), bytes('private'), lasting)
    await broker.attachment.publish('hilo/v1/demo/catalog/web/price/A', bytes('private'), lasting)
    await broker.attachment.publish(topicOf(device, 'notification/2'), bytes('own'), {
      qos: 1,
      retain: false,
    })
    expect(await news.next()).toMatchObject({ text: 'own' })
    await stranger.endAsync()

    await broker.attachment.publish(topicOf(victim, 'notification/3'), bytes('private'), {
      qos: 1,
      retain: false,
    })
    await broker.attachment.publish(topicOf(device, 'notification/4'), bytes('later'), {
      qos: 1,
      retain: false,
    })
    const back = await rig.connect({ broker }, device, { clean: false })
    expect(await inboxOf(back).next()).toMatchObject({ text: 'later' })
  })

  it('limits the filters of a device', async () => {
    const { broker } = await rig.start({ limits: { subscriptions: 2 } })
    const device = rig.device()
    const client = await rig.connect({ broker }, device)
    await client.subscribeAsync([topicOf(device, 'a'), topicOf(device, 'b')])
    await expect(client.subscribeAsync(topicOf(device, 'c'))).rejects.toThrow()
    await client.unsubscribeAsync(topicOf(device, 'a'))
    await client.subscribeAsync(topicOf(device, 'c'))
  })

  it('delivers once what two filters cover, in the order it was published', async () => {
    const { broker } = await rig.start()
    const device = rig.device()
    const client = await rig.connect({ broker }, device)
    await client.subscribeAsync([topicOf(device, '#'), topicOf(device, 'notification/+')], { qos: 1 })
    const news = inboxOf(client)
    const sent = Array.from({ length: 20 }, (_, index) =>
      broker.attachment.publish(topicOf(device, `notification/${index}`), bytes(String(index)), {
        qos: 1,
        retain: index % 3 === 0,
      }),
    )
    await Promise.all(sent)
    await broker.attachment.publish(topicOf(device, 'notification/end'), bytes('end'), {
      qos: 1,
      retain: false,
    })
    const texts: string[] = []
    while (texts.at(-1) !== 'end') texts.push((await news.next()).text)
    expect(texts).toEqual([...Array.from({ length: 20 }, (_, index) => String(index)), 'end'])
  })

  it('slows a device that sends too fast, and takes all its messages', async () => {
    const { broker, received } = await rig.start({ limits: { packetsPerSecond: 100, burst: 5 } })
    const device = rig.device()
    const client = await rig.connect({ broker }, device)
    const start = performance.now()
    await Promise.all(
      Array.from({ length: 25 }, (_, index) =>
        client.publishAsync(request(device, String(index)), '{}', { qos: 1 }),
      ),
    )
    expect(received.map(({ topic }) => topic.split('/').at(-1))).toEqual(
      Array.from({ length: 25 }, (_, index) => String(index)),
    )
    expect(performance.now() - start).toBeGreaterThan(150)
  })
})

describe('an acknowledgement', () => {
  it('comes only after the message was taken', async () => {
    const { broker } = await rig.start()
    const taken = Promise.withResolvers<void>()
    const arrived = Promise.withResolvers<void>()
    broker.attachment.onMessage(() => {
      arrived.resolve()
      return taken.promise
    })
    const device = rig.device()
    const client = await rig.connect({ broker }, device)
    let acknowledged = false
    const sent = client.publishAsync(request(device), '{}', { qos: 1 }).then(() => (acknowledged = true))
    await arrived.promise
    await client.subscribeAsync(topicOf(device, '#'))
    expect(acknowledged).toBe(false)
    taken.resolve()
    await sent
  })

  it('does not come when the message was not taken; the device sends it again', async () => {
    const { broker } = await rig.start()
    let refusals = 1
    const seen: string[] = []
    broker.attachment.onMessage(async ({ topic }) => {
      seen.push(topic)
      if (refusals-- > 0) throw new Error('disk full')
    })
    const device = rig.device()
    const client = await rig.connect({ broker }, device, { clean: false, reconnectPeriod: 10 })
    await client.publishAsync(request(device), '{}', { qos: 1 })
    expect(seen).toEqual([request(device), request(device)])
  })
})

describe('over a restart', () => {
  it('keeps retained messages, and what was sent to a device that was away', async () => {
    const { broker, stop } = await rig.start()
    const device = rig.device()
    const client = await rig.connect({ broker }, device, { clean: false })
    await client.subscribeAsync(topicOf(device, 'notification/+'), { qos: 1 })
    await client.endAsync()
    await broker.attachment.publish('hilo/v1/demo/catalog/coffee/price/A', bytes('12.50'), lasting)
    await broker.attachment.publish(topicOf(device, 'notification/1'), bytes('hello'), {
      qos: 1,
      retain: false,
    })
    const copy = rig.crashImage('edge.sqlite')
    await stop()

    const again = await rig.start({ file: copy })
    const back = await rig.connect(again, device, { clean: false })
    const news = inboxOf(back)
    expect(await news.next()).toMatchObject({ text: 'hello' })
    await back.subscribeAsync('hilo/v1/demo/catalog/coffee/price/A', { qos: 1 })
    expect(await news.next()).toMatchObject({ text: '12.50', retain: true })
  })

  it('says offline for the devices that were connected when it was killed', async () => {
    const { broker, stop } = await rig.start()
    const device = rig.device()
    const will = { topic: topicOf(device, 'status'), payload: Buffer.from(offline), ...lasting }
    const client = await rig.connect({ broker }, device, { will })
    await client.publishAsync(topicOf(device, 'status'), online, { qos: 1 })
    const copy = rig.crashImage('edge.sqlite')
    await stop()

    const again = await rig.start({ file: copy })
    const back = await rig.connect(again, device)
    expect(again.received).toMatchObject([{ topic: topicOf(device, 'status'), retain: true }])
    await back.subscribeAsync(topicOf(device, 'status'))
    expect(await inboxOf(back).next()).toMatchObject({ text: offline, retain: true })
  })

  it('says offline for them when it stops in good order, once', async () => {
    const { broker, received, stop } = await rig.start()
    const device = rig.device()
    const will = { topic: topicOf(device, 'status'), payload: Buffer.from(offline), ...lasting }
    await rig.connect({ broker }, device, { will })
    await stop()
    expect(received.map(({ payload }) => Buffer.from(payload).toString())).toEqual([offline])
    const again = await rig.start()
    await rig.connect(again, device)
    expect(again.received).toEqual([])
  })
})

describe('a status', () => {
  it('is kept for who asks later, whatever its retain flag; nothing else is', async () => {
    const { broker } = await rig.start()
    const device = rig.device()
    const client = await rig.connect({ broker }, device)
    await client.publishAsync(topicOf(device, 'status'), online, { qos: 1, retain: false })
    await client.publishAsync(topicOf(device, 'reading/level'), '4', { qos: 1, retain: true })
    await client.publishAsync(request(device), '{}', { qos: 1, retain: true })
    const news = inboxOf(client)
    await client.subscribeAsync(topicOf(device, '#'), { qos: 1 })
    await broker.attachment.publish(topicOf(device, 'notification/end'), bytes('end'), {
      qos: 1,
      retain: false,
    })
    const kept: string[] = []
    for (let message = await news.next(); message.text !== 'end'; message = await news.next())
      if (message.retain) kept.push(message.text)
    expect(kept).toEqual([online])
  })

  it('turns offline by the will when the connection is cut', async () => {
    const { broker, received } = await rig.start()
    const device = rig.device()
    const will = { topic: topicOf(device, 'status'), payload: Buffer.from(offline), ...lasting }
    const client = await rig.connect({ broker }, device, { will })
    client.stream.destroy()
    await expect.poll(() => received.map(({ topic }) => topic)).toEqual([topicOf(device, 'status')])
  })
})

describe('a revoked device', () => {
  it('is disconnected at once, and its session forgotten', async () => {
    const { broker, store } = await rig.start()
    const device = rig.device()
    const client = await rig.connect({ broker }, device, { clean: false })
    await client.subscribeAsync(topicOf(device, '#'), { qos: 1 })
    const over = closed(client)
    await broker.attachment.disconnect(device.id, { forget: true })
    await over
    expect(store.sql.all('SELECT * FROM subscription')).toEqual([])
  })

  it('does not slip in while its credentials are being checked', async () => {
    const answer = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    const { broker } = await rig.start({
      authenticate: async () => {
        asked.resolve()
        await answer.promise
        return { ok: true, channels: [] }
      },
    })
    const device = rig.device()
    const connecting = rig.connect({ broker }, device)
    await asked.promise
    await broker.attachment.disconnect(device.id, { forget: true })
    answer.resolve()
    await expect(connecting).rejects.toMatchObject({ code: 5 })
  })
})
