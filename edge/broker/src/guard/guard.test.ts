import { duplexPair } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { generate, type IConnectPacket, type Packet } from 'mqtt-packet'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guardStream } from './guard.ts'

const CONNECT: IConnectPacket = {
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clean: true,
  clientId: 'dev_1',
  keepalive: 60,
  username: 'dev_1',
  password: Buffer.from('secret'),
}
const CONNACK = Buffer.of(0x20, 2, 0, 0)
const packet = (given: Packet) => generate(given)
const publish = (topic: string, more: object = {}) =>
  packet({ cmd: 'publish', topic, payload: 'x', qos: 1, messageId: 7, retain: false, dup: false, ...more })
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

/** A guarded connection: what the device writes, what aedes would read, and why it was ended. */
const guarded = (waitFor: () => number = () => 0) => {
  const [device, socket] = duplexPair()
  const refusals: string[] = []
  const guard = guardStream(socket, { waitFor, onRefused: (reason) => refusals.push(reason) })
  const read: Buffer[] = []
  const answered: Buffer[] = []
  guard.on('data', (chunk: Buffer) => read.push(chunk))
  device.on('data', (chunk: Buffer) => answered.push(chunk))
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await setImmediate()
  }
  return {
    refusals,
    send: async (bytes: Buffer) => {
      device.write(bytes)
      await settle()
    },
    reply: async (bytes: Buffer) => {
      guard.write(bytes)
      await settle()
    },
    read: () => Buffer.concat(read),
    answered: () => Buffer.concat(answered),
    closed: () => guard.destroyed,
  }
}

const signedIn = async (waitFor?: () => number) => {
  const connection = guarded(waitFor)
  await connection.send(packet(CONNECT))
  await connection.reply(CONNACK)
  return connection
}

describe('before the sign-in', () => {
  it('passes a sound CONNECT untouched', async () => {
    const connection = guarded()
    await connection.send(packet(CONNECT))
    expect(connection.read()).toEqual(packet(CONNECT))
  })

  it('holds everything else back until aedes has said yes', async () => {
    const connection = guarded()
    await connection.send(Buffer.concat([packet(CONNECT), publish('a/b')]))
    expect(connection.read()).toEqual(packet(CONNECT))
    await connection.reply(CONNACK)
    expect(connection.read()).toEqual(Buffer.concat([packet(CONNECT), publish('a/b')]))
    expect(connection.answered()).toEqual(CONNACK)
  })

  it.each([
    [0, 5],
    [9, 5],
    [1_201, 5],
  ])('refuses a keepalive of %d s with return code %d', async (keepalive, code) => {
    const connection = guarded()
    await connection.send(packet({ ...CONNECT, keepalive }))
    expect(connection.answered()).toEqual(Buffer.of(0x20, 2, 0, code))
    expect(connection.closed()).toBe(true)
  })

  it.each([
    ['another packet first', publish('a/b')],
    ['garbage', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a length of five bytes', hex('10 ff ff ff ff 01')],
    ['more than 4 KiB', packet({ ...CONNECT, password: Buffer.alloc(4_096, 0x61) })],
    ['NUL in the client id', packet({ ...CONNECT, clientId: 'dev\0' })],
    ['a control character in the user name', packet({ ...CONNECT, username: 'dev\u0007' })],
    ['a surrogate in the client id', hex('10 0f 00 04 4d515454 04 02 003c 0003 eda080')],
    ['the reserved flag', hex('10 0d 00 04 4d515454 04 03 003c 0001 61')],
    ['a will QoS without a will', hex('10 0d 00 04 4d515454 04 0a 003c 0001 61')],
    ['a password without a user name', hex('10 10 00 04 4d515454 04 42 003c 0001 61 0001 62')],
    ['bytes after its end', hex('10 0e 00 04 4d515454 04 02 003c 0001 61 00')],
    ['a CONNECT cut short', hex('10 0c 00 04 4d515454 04 02 003c 0001')],
  ])('ends a connection with %s', async (_what, bytes) => {
    const connection = guarded()
    await connection.send(bytes)
    expect(connection.refusals).toHaveLength(1)
    expect(connection.closed()).toBe(true)
    expect(connection.read()).toHaveLength(0)
  })

  it('tells a client of MQTT 5 that this is another version', async () => {
    const connection = guarded()
    await connection.send(packet({ ...CONNECT, protocolVersion: 5 }))
    expect(connection.answered()).toEqual(Buffer.of(0x20, 3, 0, 0x84, 0))
  })

  it('wants a client id', async () => {
    const connection = guarded()
    await connection.send(packet({ ...CONNECT, clientId: '' }))
    expect(connection.answered()).toEqual(Buffer.of(0x20, 2, 0, 2))
  })
})

describe('after the sign-in', () => {
  it.each([
    ['a publish', publish('hilo/v1/demo/dev_1/status')],
    ['a payload of 64 KiB', publish('a', { payload: Buffer.alloc(65_536) })],
    ['a text beyond ASCII', publish('a/ñ/咖啡/☕')],
    ['a subscribe', packet({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a/+/#', qos: 1 }] })],
    ['an unsubscribe', packet({ cmd: 'unsubscribe', messageId: 1, unsubscriptions: ['a/b'] })],
    ['a ping', packet({ cmd: 'pingreq' })],
    ['an acknowledgement', packet({ cmd: 'puback', messageId: 1 })],
    ['a goodbye', packet({ cmd: 'disconnect' })],
  ])('passes %s', async (_what, bytes) => {
    const connection = await signedIn()
    await connection.send(bytes)
    expect(connection.refusals).toEqual([])
    expect(connection.read().subarray(packet(CONNECT).length)).toEqual(bytes)
  })

  it.each([
    ['a second CONNECT', packet(CONNECT)],
    ['a payload above 64 KiB', publish('a', { payload: Buffer.alloc(66_100) })],
    ['message id 0', hex('32 06 0001 61 0000 78')],
    ['QoS 3', hex('36 06 0001 61 0001 78')],
    ['a duplicate of QoS 0', hex('38 04 0001 61 78')],
    ['an empty topic', hex('30 03 0000 78')],
    ['a topic longer than its packet', hex('30 04 0009 61 78')],
    ['NUL in a topic', hex('30 05 0002 6100 78')],
    ['a wildcard in a topic', hex('30 05 0002 612b 78')],
    ['a topic that is not UTF-8', hex('30 05 0002 c328 78')],
    ['a non-character', hex('30 06 0003 efbfbf 78')],
    ['a filter with # inside', hex('82 08 0001 0003 612f23 00').fill('#/a', 6, 9)],
    ['a filter with half a level +', hex('82 07 0001 0002 612b 00')],
    ['a SUBSCRIBE without filters', hex('82 02 0001')],
    ['a SUBSCRIBE with QoS 3', hex('82 06 0001 0001 61 03')],
    ['a SUBSCRIBE with flags 0', hex('80 06 0001 0001 61 00')],
    ['an UNSUBSCRIBE without filters', hex('a2 02 0001')],
    ['a PUBACK of three bytes', hex('40 03 000100')],
    ['a PINGREQ with a byte', hex('c0 01 00')],
    ['a packet only servers send', hex('20 02 0000')],
    ['type 0', hex('00 00')],
    ['type 15', hex('f0 00')],
  ])('ends the connection at %s', async (_what, bytes) => {
    const connection = await signedIn()
    await connection.send(bytes)
    expect(connection.refusals).toHaveLength(1)
    expect(connection.closed()).toBe(true)
    expect(connection.read()).toEqual(packet(CONNECT))
  })

  it('reads a device that sends too fast more slowly, and loses nothing', async () => {
    let tokens = 2
    const connection = await signedIn(() => (tokens-- > 0 ? 0 : 1))
    const three = Buffer.concat([publish('a/1'), publish('a/2'), publish('a/3')])
    await connection.send(three.subarray(0, 20))
    await connection.send(three.subarray(20))
    expect(connection.read().length).toBeLessThan(packet(CONNECT).length + three.length)
    tokens = 1_000
    await expect.poll(() => connection.read().subarray(packet(CONNECT).length)).toEqual(three)
  })

  it('passes the same bytes however they are cut', async () => {
    const bytes = Buffer.concat([
      publish('a/b'),
      packet({ cmd: 'pingreq' }),
      publish('c', { payload: 'y'.repeat(300) }),
    ])
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 6 }),
        async (cuts) => {
          const connection = await signedIn()
          const edges = [0, ...cuts.sort((a, b) => a - b), bytes.length]
          for (const [index, edge] of edges.slice(1).entries())
            await connection.send(bytes.subarray(edges[index], edge))
          expect(connection.read().subarray(packet(CONNECT).length)).toEqual(bytes)
        },
      ),
      { numRuns: 30 },
    )
  })
})
