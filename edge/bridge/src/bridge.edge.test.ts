import { once } from 'node:events'
import { newId } from '@hilo/kernel'
import type { MqttClient } from 'mqtt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inboxOf, type TestDevice } from '@hilo/broker/testing'
import { STEPS } from './schema.ts'
import { edgeRig, QUICK } from './testing/rig.ts'

let rig: ReturnType<typeof edgeRig>
beforeEach(() => {
  rig = edgeRig()
})
afterEach(() => rig.close())

const own = (device: TestDevice, rest: string) => `hilo/v1/demo/${device.id}/${rest}`

const bodyOf = ({ text }: { text: string }): Record<string, unknown> => JSON.parse(text)

/** A connected device that listens to everything meant for it. */
const arrive = async (edge: Parameters<ReturnType<typeof edgeRig>['connect']>[0], device = rig.device()) => {
  const client = await rig.connect(edge, device, { clean: false })
  const inbox = inboxOf(client)
  await client.subscribeAsync([own(device, 'command/+/reply/+'), own(device, 'notification/+')], { qos: 1 })
  const send = (verb: string, payload: string | Buffer | object, rid = newId()) => {
    const isRaw = typeof payload === 'string' || Buffer.isBuffer(payload)
    const bytes = isRaw ? payload : JSON.stringify(payload)
    return client.publishAsync(own(device, `command/${verb}/request/${rid}`), bytes, { qos: 1 })
  }
  const ask = async (verb: string, payload: string | Buffer | object, rid = newId()) => {
    await send(verb, payload, rid)
    const reply = await inbox.next()
    expect(reply.topic).toBe(own(device, `command/${verb}/reply/${rid}`))
    return bodyOf(reply)
  }
  return { client, device, inbox, send, ask }
}

describe('a device asks', () => {
  it('what its slot costs', async () => {
    const { ask } = await arrive(await rig.start())
    expect(await ask('price', { v: 1, slot: 'beans', quantity: 2 })).toMatchObject({
      ok: true,
      price: { slot: 'beans', sku: 'COF-1', quantity: 2, total: { amountMinor: 2500, decimal: '25.00' } },
    })
  })

  it('to buy, and hears order, total and until when it can be cancelled', async () => {
    const { ask } = await arrive(await rig.start())
    const rid = newId()
    expect(await ask('purchase', { v: 1, slot: 'beans' }, rid)).toEqual({
      v: 1,
      rid,
      ok: true,
      status: 'PLACED',
      order: { id: 'order_1', number: 'H-1' },
      total: { amountMinor: 1250, currency: 'EUR', decimal: '12.50' },
      cancelBy: Date.parse('2026-01-03T00:00:00.000Z'),
      replayed: false,
    })
  })

  it('to cancel, and what time it is', async () => {
    const { ask } = await arrive(await rig.start())
    expect(await ask('cancel', { v: 1, order: 'order_1' })).toMatchObject({ ok: true, status: 'CANCELLED' })
    const before = Date.now()
    const { time } = (await ask('time', { v: 1 })) as { time: number }
    expect(time).toBeGreaterThanOrEqual(before)
  })

  it.each([
    ['purchase', '{"v":1,', 'INVALID_JSON'],
    ['purchase', Buffer.from([0x22, 0xc3, 0x28, 0x22]), 'INVALID_UTF8'],
    ['purchase', '', 'INVALID_JSON'],
    ['purchase', { slot: 'beans' }, 'INVALID_INPUT'],
    ['purchase', { v: 9, slot: 'beans' }, 'PROTOCOL_VERSION_NOT_SUPPORTED'],
    ['purchase', { v: 1, slot: 'beans', quantity: 0 }, 'INVALID_INPUT'],
    ['purchase', { v: 1, slot: 'beans', quantity: -3 }, 'INVALID_INPUT'],
    ['purchase', { v: 1, slot: 'beans', quantity: 1e12 }, 'INVALID_INPUT'],
    ['purchase', { v: 1, slot: 'tea' }, 'UNKNOWN_SLOT'],
    ['price', { v: 1, slot: 'tea' }, 'UNKNOWN_SLOT'],
    ['confirm', { v: 1, order: 'order_1', answer: 'YES' }, 'CONFIRMATION_NOT_EXPECTED'],
    ['dance', { v: 1 }, 'VERB_NOT_SUPPORTED'],
  ])('%s with %j and is told %s on the open connection', async (verb, payload, code) => {
    const { client, ask } = await arrive(await rig.start())
    expect(await ask(verb, payload)).toMatchObject({ ok: false, error: { code, retryable: false } })
    expect(client.connected).toBe(true)
    expect(rig.shop.orders).toEqual([])
  })

  it('with a rid that is none, or with another in the payload, and is told so', async () => {
    const { ask } = await arrive(await rig.start())
    expect(await ask('purchase', { v: 1, slot: 'beans' }, 'first')).toMatchObject({
      error: { code: 'INVALID_INPUT' },
    })
    const mixed = { v: 1, rid: newId(), slot: 'beans' }
    expect(await ask('purchase', mixed)).toMatchObject({ error: { code: 'INVALID_INPUT' } })
    expect(rig.shop.orders).toEqual([])
  })
})

describe('the same message again', () => {
  const wish = { v: 1, slot: 'beans', ts: 1, seq: 1 }

  it('gets the same reply and no second order', async () => {
    const { ask } = await arrive(await rig.start())
    const rid = newId()
    const first = await ask('purchase', wish, rid)
    expect(await ask('purchase', { seq: 2, ts: 2, slot: 'beans', v: 1 }, rid)).toEqual({
      ...first,
      replayed: true,
    })
    expect(await ask('purchase', { ...wish, quantity: 2 }, rid)).toMatchObject({
      error: { code: 'IDEMPOTENCY_CONFLICT' },
    })
    expect(rig.shop.orders).toHaveLength(1)
  })

  it('gets it also after a restart', async () => {
    const edge = await rig.start()
    const { ask, device, client } = await arrive(edge)
    const rid = newId()
    const first = await ask('purchase', wish, rid)
    await client.endAsync()
    await edge.stop()
    const again = await arrive(await rig.start(), device)
    expect(await again.ask('purchase', wish, rid)).toEqual({ ...first, replayed: true })
    expect(rig.shop.orders).toHaveLength(1)
  })

  it('buys once when the answers of the shop get lost', async () => {
    const { send, inbox } = await arrive(await rig.start())
    rig.network.weather = 'answers get lost'
    await send('purchase', wish)
    await expect.poll(() => rig.shop.orders.length).toBe(1)
    rig.network.weather = 'fine'
    expect(bodyOf(await inbox.next())).toMatchObject({ ok: true, status: 'PLACED' })
    expect(rig.shop.orders).toHaveLength(1)
  })
})

describe('an acknowledged purchase', () => {
  it('is done after a crash that came before the shop was asked', async () => {
    const edge = await rig.start()
    const { send, device, client } = await arrive(edge)
    rig.network.weather = 'away'
    await send('purchase', { v: 1, slot: 'beans' })
    const image = rig.crashImage('edge.sqlite')
    await client.endAsync()
    await edge.stop()

    rig.network.weather = 'fine'
    const again = await rig.start({ file: image })
    const back = await rig.connect(again, device, { clean: false })
    expect(bodyOf(await inboxOf(back).next())).toMatchObject({ ok: true, status: 'PLACED' })
    expect(rig.shop.orders).toHaveLength(1)
  })

  it('waits for the shop in order, and overtakes nothing', async () => {
    const { send, inbox } = await arrive(await rig.start())
    rig.network.weather = 'away'
    for (const quantity of [1, 2, 3]) await send('purchase', { v: 1, slot: 'beans', quantity })
    expect(rig.shop.orders).toEqual([])
    rig.network.weather = 'fine'
    for (let reply = 0; reply < 3; reply += 1) expect(bodyOf(await inbox.next())).toMatchObject({ ok: true })
    expect(rig.shop.orders.map(({ quantity }) => quantity)).toEqual([1, 2, 3])
  })

  it('is put aside after many attempts, and taken up when the device asks again', async () => {
    const { ask } = await arrive(await rig.start({ patience: { ...QUICK, many: 3 } }))
    const rid = newId()
    rig.network.weather = 'away'
    expect(await ask('purchase', { v: 1, slot: 'beans' }, rid)).toMatchObject({
      ok: false,
      error: { code: 'UNAVAILABLE', retryable: true, retryAfter: 60 },
    })
    rig.network.weather = 'fine'
    expect(await ask('purchase', { v: 1, slot: 'beans' }, rid)).toMatchObject({ ok: true, status: 'PLACED' })
    expect(rig.shop.orders).toHaveLength(1)
  })

  it('of one device does not wait for those of another', async () => {
    const edge = await rig.start()
    const [slow, quick] = [await arrive(edge), await arrive(edge)]
    await Promise.all([
      slow.send('purchase', { v: 1, slot: 'beans' }),
      quick.send('purchase', { v: 1, slot: 'beans' }),
    ])
    await Promise.all([slow.inbox.next(), quick.inbox.next()])
    expect(rig.shop.orders).toHaveLength(2)
  })

  it('is never a retained one', async () => {
    const { client, device, inbox } = await arrive(await rig.start())
    const topic = own(device, `command/purchase/request/${newId()}`)
    await client.publishAsync(topic, '{"v":1,"slot":"beans"}', { qos: 1, retain: true })
    expect(bodyOf(await inbox.next())).toMatchObject({ error: { code: 'RETAINED_REQUEST' } })
    expect(rig.shop.orders).toEqual([])
  })
})

describe('the price topics', () => {
  const topic = 'hilo/v1/demo/catalog/coffee/price/COF-1'
  const holding = async (client: MqttClient) => {
    const inbox = inboxOf(client)
    await client.subscribeAsync(topic, { qos: 1 })
    return inbox
  }

  it('stand when the bridge is ready, and follow every change', async () => {
    const edge = await rig.start()
    await edge.bridge.ready
    const inbox = await holding(await rig.connect(edge, rig.device()))
    const first = await inbox.next()
    expect(first.retain).toBe(true)
    expect(bodyOf(first)).toMatchObject({ v: 1, sku: 'COF-1', price: { amountMinor: 1250 } })
    rig.shop.setPrice('COF-1', 1100)
    expect(bodyOf(await inbox.next())).toMatchObject({
      price: { amountMinor: 1100, decimal: '11.00' },
      version: '1',
    })
    rig.shop.cut()
    rig.shop.setPrice('COF-1', 1000)
    expect(bodyOf(await inbox.next())).toMatchObject({ price: { amountMinor: 1000 } })
    rig.shop.setPrice('COF-1', null)
    expect((await inbox.next()).text).toBe('')
  })

  it('say the lowest price of the 30 days before with a reduction, and only with one', async () => {
    rig.shop.setPrice('COF-1', 1000, { list: 1250, lowest: 1190 })
    const edge = await rig.start()
    await edge.bridge.ready
    const inbox = await holding(await rig.connect(edge, rig.device()))
    expect(bodyOf(await inbox.next())).toMatchObject({
      price: { amountMinor: 1000 },
      list: { amountMinor: 1250 },
      lowestPrice30d: { amountMinor: 1190, currency: 'EUR', decimal: '11.90' },
    })
    rig.shop.setPrice('COF-1', 900, { list: 1250, lowest: 1000 })
    expect(bodyOf(await inbox.next())).toMatchObject({
      price: { amountMinor: 900 },
      lowestPrice30d: { amountMinor: 1000 },
    })
    rig.shop.setPrice('COF-1', 1250)
    expect(bodyOf(await inbox.next())).not.toHaveProperty('lowestPrice30d')
  })

  it('say it after an upgrade too, where reduced prices were shown without, and leave the others', async () => {
    rig.shop.setPrice('COF-1', 1000, { list: 1250, lowest: 1190 })
    await rig.prepare((store) => {
      store.migrate('bridge', STEPS.slice(0, 3))
      store.writeSoon((sql) => {
        sql.run("INSERT INTO position VALUES ('price coffee', '1')")
        sql.run(`INSERT INTO shown_price VALUES ('coffee', 'COF-1', '[1000,"EUR",1250]')`)
        sql.run(`INSERT INTO shown_price VALUES ('coffee', 'COF-2', '[900,"EUR",900]')`)
      })
    })
    const edge = await rig.start()
    await edge.bridge.ready
    expect(edge.store.sql.all('SELECT topic FROM retained')).toEqual([{ topic }])
    const inbox = await holding(await rig.connect(edge, rig.device()))
    expect(bodyOf(await inbox.next())).toMatchObject({ lowestPrice30d: { amountMinor: 1190 } })
  })

  it('miss nothing that changed while the edge was down', async () => {
    const edge = await rig.start()
    await edge.bridge.ready
    rig.shop.setPrice('COF-2', 950)
    await expect
      .poll(() => edge.store.sql.get('SELECT event FROM position WHERE stream = ?', 'price coffee'))
      .toBeTruthy()
    await edge.stop()
    rig.shop.setPrice('COF-1', 700)
    const again = await rig.start()
    await again.bridge.ready
    const inbox = await holding(await rig.connect(again, rig.device()))
    while (true) {
      const { price } = bodyOf(await inbox.next()) as { price: { amountMinor: number } }
      if (price.amountMinor === 700) break
    }
  })

  it('are made anew when the shop no longer knows how far they were followed', async () => {
    const edge = await rig.start()
    await edge.bridge.ready
    await edge.store.write((sql) => sql.run("INSERT INTO position VALUES ('price coffee', 'forgotten')"))
    await edge.stop()
    rig.shop.setPrice('COF-1', 600)
    const again = await rig.start()
    await again.bridge.ready
    const inbox = await holding(await rig.connect(again, rig.device()))
    expect(bodyOf(await inbox.next())).toMatchObject({ price: { amountMinor: 600 } })
  })

  it('go away with what is no longer sold, also when the edge starts anew', async () => {
    const edge = await rig.start()
    await edge.bridge.ready
    await edge.stop()
    rig.shop.setPrice('COF-2', null)
    const again = await rig.start()
    await again.bridge.ready
    expect(again.store.sql.all('SELECT topic FROM retained')).toEqual([{ topic }])
  })
})

describe('the price topics of a channel', () => {
  const shown = (edge: Awaited<ReturnType<typeof rig.start>>) =>
    expect.poll(() => edge.store.sql.all('SELECT topic FROM retained').length)

  it('go away when it is closed, and stand again with the prices of now when it is opened', async () => {
    const edge = await rig.start({ roundMs: 5 })
    await edge.bridge.ready
    await shown(edge).toBe(2)
    rig.shop.setOpen(false)
    await shown(edge).toBe(0)
    rig.shop.setPrice('COF-2', null)
    rig.shop.setOpen(true)
    await shown(edge).toBe(1)
  })

  it('go away when it was closed while the edge was down', async () => {
    const edge = await rig.start()
    await edge.bridge.ready
    await edge.stop()
    rig.shop.setOpen(false)
    const again = await rig.start()
    await again.bridge.ready
    await shown(again).toBe(0)
  })

  it('keep nothing waiting when it is closed while they are filled: they go away, and stand again later', async () => {
    let pages = 0
    rig.shop.whenRead(() => rig.shop.setOpen((pages += 1) === 1))
    const edge = await rig.start({ roundMs: 5 })
    await edge.bridge.ready
    await shown(edge).toBe(0)
    rig.shop.whenRead(() => {})
    rig.shop.setOpen(true)
    await shown(edge).toBe(2)
  })
})

describe('what happens in the shop', () => {
  it('reaches the watch as a notification, once it is back too', async () => {
    const edge = await rig.start()
    await edge.bridge.ready
    const { client, device, inbox } = await arrive(edge)
    rig.shop.notify(device.id, 'notif_1')
    const told = await inbox.next()
    expect(told.topic).toBe(own(device, 'notification/notif_1'))
    expect(bodyOf(told)).toMatchObject({
      kind: 'ORDER_PLACED',
      actions: [{ id: 'cancel' }],
      data: { number: 'H-1' },
    })
    await client.endAsync()
    rig.shop.notify(device.id, 'notif_2')
    await expect.poll(() => edge.store.sql.all('SELECT * FROM outgoing')).toHaveLength(1)
    const back = await rig.connect(edge, device, { clean: false })
    expect((await inboxOf(back).next()).topic).toBe(own(device, 'notification/notif_2'))
  })

  it('cuts a revoked device off at once, and keeps it out', async () => {
    const edge = await rig.start()
    await edge.bridge.ready
    const { client, device } = await arrive(edge)
    const over = once(client.stream, 'close')
    rig.shop.revoke(device.id)
    await over
    await expect(rig.connect(edge, device)).rejects.toMatchObject({ code: 4 })
  })

  it('ends the connection of a device with a new credential, and keeps its session', async () => {
    const edge = await rig.start()
    await edge.bridge.ready
    const { client, device } = await arrive(edge)
    const over = once(client.stream, 'close')
    rig.shop.rotate(device.id)
    await over
    rig.shop.notify(device.id, 'notif_1')
    const back = await rig.connect(edge, device, { clean: false })
    expect((await inboxOf(back).next()).topic).toBe(own(device, 'notification/notif_1'))
  })
})

describe('what a device reports', () => {
  it('reaches the shop: state, readings, acknowledgements', async () => {
    const { client, device } = await arrive(await rig.start())
    const tell = (rest: string, payload: string) =>
      client.publishAsync(own(device, rest), payload, { qos: 1 })
    await tell('status', '{"state":"online","firmware":"1.2"}')
    await tell('reading/beans', '{"value":41.5,"unit":"%"}')
    await tell('reading/beans', '40')
    await tell('reading/beans', 'forty')
    await tell('notification/notif_1/ack', '{"action":"cancel"}')
    await tell('notification/notif_2/ack', '')
    await expect.poll(() => rig.shop.reports).toHaveLength(5)
    expect(rig.shop.reports).toMatchObject([
      { kind: 'state', device: device.id, state: 'ONLINE', firmware: '1.2' },
      { kind: 'reading', name: 'beans', value: 41.5, unit: '%' },
      { kind: 'reading', name: 'beans', value: 40 },
      { kind: 'acknowledgement', id: 'notif_1', action: 'cancel' },
      { kind: 'acknowledgement', id: 'notif_2' },
    ])
  })

  it('says offline when its connection is cut', async () => {
    const edge = await rig.start()
    const device = rig.device()
    const will = {
      topic: own(device, 'status'),
      payload: Buffer.from('{"state":"offline"}'),
      qos: 1,
      retain: true,
    } as const
    const client = await rig.connect(edge, device, { will })
    client.stream.destroy()
    await expect.poll(() => rig.shop.reports).toMatchObject([{ kind: 'state', state: 'OFFLINE' }])
  })
})

describe('a stranger', () => {
  it('cannot sign in, and hears nothing of another device', async () => {
    const edge = await rig.start()
    const stranger = { id: rig.device().id, password: 'guess' }
    await expect(rig.connect(edge, stranger)).rejects.toMatchObject({ code: 4 })
    const { device } = await arrive(edge)
    const nosy = await rig.connect(edge, rig.device())
    await expect(nosy.subscribeAsync(own(device, '#'))).rejects.toThrow()
  })
})
