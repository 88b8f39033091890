import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, type Socket } from 'node:net'
import { createSocketServer } from '@hilo/api'
import { createTestShop, type ShopOptions } from '@hilo/api/testing'
import { afterAll } from 'vitest'
import { createHttpServer, HTTP_LIMITS, type HttpLimits } from '../http.ts'

/** What a raw connection has heard when it ended, or when it heard what was waited for. */
export interface Heard {
  readonly text: string
  readonly ended: boolean
}

/** Connections that follow no rules, to the HTTP server as `hilo start` makes it, with the API of a test shop behind. */
export const openDoor = async (options: Partial<ShopOptions> = {}, http: Partial<HttpLimits> = {}) => {
  const shop = await createTestShop(options)
  const sockets = createSocketServer(shop.api)
  const { server, close } = createHttpServer(
    {
      handlers: { '/graphql': (request, response) => shop.api(request, response) },
      upgrades: { '/graphql': sockets.handleUpgrade },
    },
    { ...HTTP_LIMITS, ...http },
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const opened = new Set<Socket>()
  afterAll(async () => {
    for (const socket of opened) socket.destroy()
    await sockets.close()
    await close()
  })

  const open = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    opened.add(socket)
    socket.once('close', () => opened.delete(socket))
    await once(socket, 'connect')
    return socket
  }

  /** Hears a connection until it ends, or has said something that fits. */
  const hear = (socket: Socket, fits?: RegExp): Promise<Heard> =>
    new Promise((resolve) => {
      let text = ''
      const finish = (ended: boolean): void => resolve({ text, ended })
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1')
        if (fits?.test(text)) finish(false)
      })
      socket.once('close', () => finish(true))
    })

  /** Sends bytes as they are, and hears the answer. */
  const say = async (bytes: string | Buffer, fits?: RegExp): Promise<Heard> => {
    const socket = await open()
    const heard = hear(socket, fits)
    socket.write(bytes)
    const answer = await heard
    socket.destroy()
    return answer
  }

  const url = `http://127.0.0.1:${port}/graphql`
  const ask = async (query: string): Promise<unknown> => {
    const body = JSON.stringify({ query })
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    return response.json()
  }
  return { ...shop, server, port, url, open, hear, say, ask }
}

/** The head of a POST to the API with these further headers. */
export const post = (...headers: readonly string[]): string =>
  ['POST /graphql HTTP/1.1', 'Host: shop.test', 'Content-Type: application/json', ...headers, '', ''].join(
    '\r\n',
  )

/** One chunk of a chunked body. */
export const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
