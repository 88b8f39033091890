import type { RequestListener, ServerResponse } from 'node:http'
import { knownChannel } from '@hilo/channels'
import { appendEvents, type StoredEvent } from '@hilo/db'
import { newId, SYSTEM, systemClock } from '@hilo/kernel'
import { SHELF_PRICE_CHANGED } from '@hilo/promotions'
import type { FromListeners, ToListeners } from '../run/listeners.ts'
import { ask, end, start, startRung } from '../run/processes.ts'
import { atMost, type MeasuredRung, type MeasureEnv, type Scenario, type ServedRung } from '../scenario.ts'

const SUBSCRIBERS = 1_000
const CHANGES = 20
const NAME = 'price-change-sse'

const SUBSCRIPTION = `subscription {
  priceChanged { eventId at sku variantId channel price { amountMinor currency formatted } list { amountMinor currency formatted } }
}`

const eventStream = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }

/** The first rung: the log is read once for each change, and the same bytes go to everybody. */
const bareFanOut: ServedRung['serve'] = ({ feed }): RequestListener => {
  const listening = new Set<ServerResponse>()
  const told = ({ position, at, payload }: StoredEvent): Buffer => {
    const { sku, variantId, channelCode, amountMinor, currency } = payload as Record<string, string>
    const money = { amountMinor, currency, formatted: `${currency} ${amountMinor}` }
    const change = { eventId: position, at, sku, variantId, channel: channelCode, price: money, list: money }
    const cost = { requested: 10, max: 50_000 }
    const text = JSON.stringify({ data: { priceChanged: change }, extensions: { cost } })
    return Buffer.from(`event: next\ndata: ${text}\n\n`)
  }
  const fanOut = async (): Promise<void> => {
    for await (const event of feed.subscribe({ types: [SHELF_PRICE_CHANGED] })) {
      const bytes = told(event)
      for (const response of listening) response.write(bytes)
    }
  }
  void fanOut()
  return (request, response) => {
    request.resume()
    listening.add(response.writeHead(200, eventStream))
    response.once('close', () => listening.delete(response))
    response.write(':\n\n')
  }
}

const changePrice = async ({ database, shop }: MeasureEnv, sku: string): Promise<void> => {
  const db = database.kysely
  const channel = await knownChannel(database, null)
  if (!channel) throw new Error('The shop has no channel')
  const payload = {
    variantId: shop.variantId,
    sku,
    channelId: channel.id,
    channelCode: channel.code,
    currency: 'EUR',
    amountMinor: 1_250,
    listMinor: 1_250,
  }
  const ctx = { actor: SYSTEM, channel, locale: 'en', now: systemClock, correlationId: newId() } as const
  const event = { aggregate: 'shelf_price', aggregateId: shop.variantId, type: SHELF_PRICE_CHANGED, payload }
  await db
    .transaction()
    .execute((tx) => appendEvents({ ...ctx, db: tx }, [{ ...event, scope: { public: true } }]))
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

const measure =
  (rung: string): MeasuredRung['measure'] =>
  async (env) => {
    const count = env.isQuick ? 20 : SUBSCRIBERS
    const changes = env.isQuick ? 1 : CHANGES
    const server = await startRung(env, { scenario: NAME, rung })
    const child = start('./listeners.ts')
    const tell = <Kind extends keyof FromListeners>(order: ToListeners) =>
      ask<FromListeners[Kind]>(child, order)
    const body = JSON.stringify({ query: SUBSCRIPTION })
    await tell<'opened'>({ kind: 'open', port: server.port, count, body })
    const lastOf = async (sku: string) => {
      const all = tell<'heard'>({ kind: 'await', text: sku })
      const startedAt = performance.timeOrigin + performance.now()
      await changePrice(env, sku)
      const { last, message } = await all
      return { ms: last - startedAt, message }
    }
    const { message } = await lastOf('FIRST')
    const times: number[] = []
    const before = await server.count()
    for (let turn = 0; turn < changes; turn += 1) times.push((await lastOf(`TURN-${turn}-`)).ms)
    const after = await server.count()
    await Promise.all([server.stop(), end(child)])
    return {
      'last ms': median(times),
      'CPU µs each': (after.cpu - before.cpu) / changes / count,
      bytes: message.length,
      rssMB: after.rss / 1_048_576,
    }
  }

export const scenarios: readonly Scenario[] = [
  {
    name: NAME,
    title: `A price to ${SUBSCRIBERS} guests who subscribe over SSE, until the last has it`,
    figure: 'last ms',
    rungs: {
      bare: { label: 'bare node:http, the same bytes', serve: bareFanOut, measure: measure('bare') },
      ours: { label: 'ours', serve: ({ api }) => api().listener, measure: measure('ours') },
    },
    goals: ({ bare, ours }) => [
      atMost('time until the last of ours has it, by that of bare node:http, at most 3', {
        value: (ours?.['last ms'] ?? Infinity) / (bare?.['last ms'] ?? 1),
        limit: 3,
      }),
    ],
  },
]
