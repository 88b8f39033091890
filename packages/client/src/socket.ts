import type { RequestHeaders } from './connection.ts'
import { ClientError, errorOfAnswer, NetworkError, silence, type GraphQLErrorEntry } from './errors.ts'
import { createInbox, type Inbox } from './inbox.ts'
import type { Listening } from './listen.ts'
import type { Answer } from './request.ts'

/** What is wanted of a socket. */
export interface SocketOptions {
  /** `ws:` or `wss:`. */
  readonly url: string
  readonly WebSocket: typeof WebSocket
  /** Who asks from where: the payload of the first message. */
  readonly params: RequestHeaders
  /** How long the API may take to acknowledge, in milliseconds. */
  readonly timeoutMs: number
  /** A socket silent for half of it is asked whether it lives; silent for all of it, it is dead. In milliseconds. */
  readonly idleMs: number
  /** Called once, when it takes no more subscriptions. */
  readonly onOver: () => void
}

/** One socket that many subscriptions share. */
export interface Socket {
  readonly subscribe: (
    payload: { readonly query: string; readonly variables: unknown },
    listening: Listening,
  ) => AsyncGenerator<Answer>
}

interface Message {
  readonly type: string
  readonly id?: string
  readonly payload?: unknown
}

interface Subscriber {
  readonly inbox: Inbox<Answer>
  readonly onOpen: () => void
}

/** Close codes of graphql-transport-ws that a new attempt would not change, with what they say. */
const FINAL: Readonly<Record<number, string>> = {
  4400: 'BAD_RESPONSE',
  4401: 'UNAUTHENTICATED',
  4403: 'FORBIDDEN',
  4406: 'BAD_RESPONSE',
}

const errorOfClose = ({ code, reason }: CloseEvent): ClientError => {
  const final = FINAL[code]
  const message = reason || 'The connection to the API was lost'
  return final
    ? new ClientError(final, message, { retryable: false })
    : new NetworkError('NETWORK', message, { retryable: true })
}

/** Opens a socket by the protocol graphql-transport-ws; it closes itself when its last subscription ends. */
export const openSocket = (options: SocketOptions): Socket => {
  const socket = new options.WebSocket(options.url, 'graphql-transport-ws')
  const subscribers = new Map<string, Subscriber>()
  const unsent: string[] = []
  let isReady = false
  let isOver = false
  let count = 0

  const end = (error?: ClientError): void => {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    options.onOver()
    for (const { inbox } of subscribers.values()) inbox.end(error)
    socket.close(1000)
  }
  let timer = setTimeout(() => end(silence()), options.timeoutMs)

  const send = (message: Message): void => {
    if (isReady) socket.send(JSON.stringify(message))
    else unsent.push(JSON.stringify(message))
  }

  const heard = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      send({ type: 'ping' })
      timer = setTimeout(() => end(silence()), options.idleMs / 2)
    }, options.idleMs / 2)
  }

  const take: Readonly<Record<string, (message: Message) => void>> = {
    connection_ack: () => {
      isReady = true
      for (const text of unsent.splice(0)) socket.send(text)
    },
    // The API says in a ping which subscription has begun: the protocol has no word for it.
    ping: ({ payload }) => {
      send({ type: 'pong' })
      subscribers.get(String((payload as { opened?: unknown } | undefined)?.opened))?.onOpen()
    },
    next: ({ id, payload }) => subscribers.get(id!)?.inbox.put(payload as Answer),
    error: ({ id, payload }) =>
      subscribers.get(id!)?.inbox.end(errorOfAnswer(payload as readonly GraphQLErrorEntry[])),
    complete: ({ id }) => subscribers.get(id!)?.inbox.end(),
  }
  socket.addEventListener('open', () =>
    socket.send(JSON.stringify({ type: 'connection_init', payload: options.params })),
  )
  socket.addEventListener('message', ({ data }) => {
    if (isOver) return
    const message = JSON.parse(String(data)) as Message
    take[message.type]?.(message)
    if (isReady) heard()
  })
  socket.addEventListener('close', (event) => end(errorOfClose(event)))

  return {
    async *subscribe(payload, { signal, onOpen }) {
      count += 1
      const id = String(count)
      const inbox = createInbox<Answer>()
      const stop = (): void => inbox.end()
      signal.addEventListener('abort', stop)
      subscribers.set(id, { inbox, onOpen })
      send({ type: 'subscribe', id, payload })
      try {
        yield* inbox.read()
      } finally {
        signal.removeEventListener('abort', stop)
        subscribers.delete(id)
        if (!isOver) send({ type: 'complete', id })
        if (subscribers.size === 0) end()
      }
    },
  }
}
