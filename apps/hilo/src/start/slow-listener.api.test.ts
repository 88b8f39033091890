import { once } from 'node:events'
import { appendEvents, command } from '@hilo/db'
import { newId, ok } from '@hilo/kernel'
import { afterAll, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { megabytesInUse } from './testing/megabytes-in-use.ts'
import { openDoor, post } from './testing/door.ts'

const { open, port, people, ctx, ask } = await openDoor()
const authorization = people.staff['authorization']!
const sockets: WebSocket[] = []
afterAll(() => {
  for (const socket of sockets) socket.terminate()
})

const EVENTS = 5_000
const BATCH = 500
/** With it the events come to 20 MB, which no buffer of the network holds. */
const text = 'x'.repeat(4_000)

const appendMany = async (type: string): Promise<void> => {
  for (let done = 0; done < EVENTS; done += BATCH) {
    await command(ctx, { operation: 'append', input: null }, async (inner) => {
      const events = Array.from({ length: BATCH }, (_, index) => ({
        aggregate: 'test',
        aggregateId: newId(),
        type,
        payload: { number: done + index, text },
        permission: 'events:read' as const,
      }))
      await appendEvents(inner, events)
      return ok(null)
    })
  }
}

const queryOf = (type: string): string => `subscription { events(types: ["${type}"]) { payload } }`

/** Something that listens, and reads nothing between `pause` and `resume`. */
interface Listener {
  readonly pause: () => void
  readonly resume: () => void
  /** How many events it has read. */
  readonly heard: () => number
}

const listenBySse = async (type: string): Promise<Listener> => {
  const socket = await open()
  const body = JSON.stringify({ query: queryOf(type) })
  let heard = 0
  let rest = ''
  socket.on('data', (data: Buffer) => {
    const parts = (rest + data.toString('latin1')).split('event: next\n')
    heard += parts.length - 1
    rest = parts.at(-1)!.slice(-'event: next'.length)
  })
  const headers = [
    `Authorization: ${authorization}`,
    'Accept: text/event-stream',
    `Content-Length: ${body.length}`,
  ]
  socket.write(post(...headers) + body)
  await once(socket, 'data')
  return { pause: () => socket.pause(), resume: () => socket.resume(), heard: () => heard }
}

const listenBySocket = async (type: string): Promise<Listener> => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws')
  sockets.push(socket)
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }))
  await once(socket, 'message')
  socket.send(JSON.stringify({ id: 'a', type: 'subscribe', payload: { query: queryOf(type) } }))
  await once(socket, 'message')
  let heard = 0
  socket.on('message', (data: Buffer) => {
    heard += (JSON.parse(String(data)) as { type: string }).type === 'next' ? 1 : 0
  })
  return { pause: () => socket.pause(), resume: () => socket.resume(), heard: () => heard }
}

it.each([
  ['SSE', 'SlowSse.v1', listenBySse],
  ['a WebSocket', 'SlowSocket.v1', listenBySocket],
] as const)(
  'a listener over %s that does not read keeps no memory, and hears everything when it reads',
  async (_way, type, listen) => {
    const listener = await listen(type)
    const before = megabytesInUse()
    listener.pause()
    await appendMany(type)
    expect(await ask('{ shop { code } }')).toMatchObject({ data: { shop: { code: 'demo' } } })
    await vi.waitFor(() => expect(megabytesInUse() - before).toBeLessThan(12), { timeout: 10_000 })
    expect(listener.heard()).toBeLessThan(EVENTS)
    listener.resume()
    await vi.waitFor(() => expect(listener.heard()).toBe(EVENTS), { timeout: 30_000, interval: 50 })
  },
)
