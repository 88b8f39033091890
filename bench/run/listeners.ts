// Subscribers over SSE, many in a process of their own.
import { connect } from 'node:net'

/** What the bench asks of this process. */
export type ToListeners =
  /** Subscribes so often by a POST with this body. */
  | { readonly kind: 'open'; readonly port: number; readonly count: number; readonly body: string }
  /** Waits until every subscriber has a whole message with this text in it. */
  | { readonly kind: 'await'; readonly text: string }

/** What it answers; `last` in milliseconds since 1970. */
export interface FromListeners {
  readonly opened: { readonly count: number }
  readonly heard: { readonly last: number; readonly message: string }
}

interface Listener {
  text: string
  /** When its last bytes came. */
  at: number
}

/** Subscriptions being opened at once. */
const DOOR = 50

const listeners: Listener[] = []
let look = (): void => {}

const open = (port: number, body: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const lines = [
      'POST /graphql HTTP/1.1',
      'host: 127.0.0.1',
      'accept: text/event-stream',
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
    ]
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.setEncoding('latin1').write([...lines, '', body].join('\r\n'))
    socket.once('data', () => {
      const listener: Listener = { text: '', at: 0 }
      listeners.push(listener)
      socket.on('data', (chunk: string) => {
        listener.text += chunk
        listener.at = performance.timeOrigin + performance.now()
        look()
      })
      resolve()
    })
    socket.once('error', reject)
  })

const openAll = async ({ port, count, body }: Extract<ToListeners, { kind: 'open' }>) => {
  const left = Array.from({ length: count })
  const door = async (): Promise<void> => {
    while (left.length > 0) {
      left.pop()
      await open(port, body)
    }
  }
  await Promise.all(Array.from({ length: DOOR }, door))
  return { count: listeners.length }
}

/** Forgets what came, once all have it. */
const allHave = async (text: string): Promise<FromListeners['heard']> => {
  let next = 0
  const has = ({ text: all }: Listener): boolean => {
    const at = all.indexOf(text)
    return at >= 0 && all.includes('\n\n', at)
  }
  const { promise, resolve } = Promise.withResolvers<void>()
  look = () => {
    while (next < listeners.length && has(listeners[next]!)) next += 1
    if (next === listeners.length) resolve()
  }
  look()
  await promise
  look = () => {}
  const message = listeners[0]!.text
  const last = Math.max(...listeners.map(({ at }) => at))
  for (const listener of listeners) listener.text = ''
  return { last, message }
}

process.on('message', (order: ToListeners) => {
  const done = order.kind === 'open' ? openAll(order) : allHave(order.text)
  done.then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ failed: error instanceof Error ? error.stack : String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
