import { createSecretKey } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { appendEvents, command, type Context } from '@hilo/db'
import { newId, ok, unwrap, type Uuid } from '@hilo/kernel'
import { readAddressPolicy } from '../address-policy.ts'
import { createEndpoint } from '../create-endpoint.ts'
import { deliveryPage } from '../delivery-queries.ts'
import type { EndpointTerms } from '../endpoint.ts'
import { insertDeliveries } from '../enqueue.ts'
import type { Outbound } from '../outbound.ts'

/** A shop that may call this machine, where every name leads, with a key that is no secret. */
export const testOutbound = (overrides: Partial<Outbound> = {}): Outbound => ({
  secretKey: createSecretKey(Buffer.alloc(32, 7)),
  policy: readAddressPolicy('127.0.0.0/8,::1'),
  resolve: async () => ['127.0.0.1'],
  ...overrides,
})

/** A delivery as it came in. */
export interface Received {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** Another system on this machine: keeps what it gets, and answers as it is told (204 when nothing is said). */
export const startReceiver = async (
  answer: (received: Received, response: ServerResponse) => void | Promise<void> = () => undefined,
) => {
  const received: Received[] = []
  const heard = new Set<() => void>()
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const one = { path: request.url!, headers: request.headers, body: await text(request) }
    received.push(one)
    for (const hear of heard) hear()
    await answer(one, response)
    if (!response.headersSent && !response.destroyed) response.writeHead(204).end()
  }
  const server = createServer((request, response) => void receive(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${port}/hook`,
    received,
    /** Resolves when so many have come in. */
    until: async (count: number): Promise<void> => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const check = (): void => {
        if (received.length >= count) resolve()
      }
      heard.add(check)
      check()
      await promise
      heard.delete(check)
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Makes an active endpoint that listens to everything, whatever is not said otherwise. */
export const createTestEndpoint = async (
  ctx: Context,
  outbound: Outbound,
  terms: Partial<EndpointTerms> & { readonly url: string },
): Promise<{ readonly id: Uuid; readonly secret: string }> => {
  const all = { description: '', eventTypes: ['*'], channelIds: null, active: true }
  const { id, secret } = unwrap(await createEndpoint(ctx, outbound, { ...all, ...terms }))
  return { id, secret: secret.reveal() }
}

/** Appends facts of orders of the context's channel to the log: `number` is all that tells them apart. */
export const appendOrders = async (ctx: Context, numbers: readonly string[]): Promise<void> => {
  const outcome = await command(ctx, { operation: 'appendOrders', input: null }, async (inner) => {
    await appendEvents(
      inner,
      numbers.map((number) => ({
        aggregate: 'order',
        aggregateId: newId(),
        type: 'OrderPlaced.v1',
        payload: {
          number,
          currency: 'EUR',
          totalMinor: 1_000,
          test: false,
          customerId: null,
          deviceId: null,
        },
        scope: { channel: ctx.channel.id },
        permission: 'orders:read',
      })),
    )
    return ok(null)
  })
  unwrap(outcome)
}

/** An endpoint that nobody answers at, with one delivery of what happened last in the shop. */
export const createTestDelivery = async (
  ctx: Context,
  outbound: Outbound,
  terms: Partial<EndpointTerms> = {},
): Promise<{ readonly endpointId: Uuid; readonly deliveryId: Uuid }> => {
  const endpoint = await createTestEndpoint(ctx, outbound, { url: 'https://hooks.test/hilo', ...terms })
  await appendOrders(ctx, ['H-1'])
  const event = await ctx.db
    .selectFrom('event')
    .select('id')
    .where('type', '=', 'OrderPlaced.v1')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  const row = { endpointId: endpoint.id, eventId: event.id, type: 'OrderPlaced.v1' }
  await insertDeliveries(ctx.db, [row], ctx.now())
  const [delivery] = await deliveryPage(ctx.db, {
    filter: { endpointId: endpoint.id },
    after: undefined,
    limit: 1,
  })
  return { endpointId: endpoint.id, deliveryId: delivery!.id }
}
