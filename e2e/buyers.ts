import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { connectAsync } from 'mqtt'
import { read } from './graphql.ts'
import type { HiloProcess } from './hilo-process.ts'
import { SKUS, type LoadCustomer, type LoadDevice } from './load-shop.ts'

/** What buyers asked for and were told. */
export interface Ledger {
  /** By request id of a device. */
  readonly purchases: Map<string, { acknowledged: boolean; order?: string | undefined }>
  /** Orders by idempotency key; undefined while unanswered. */
  readonly placed: Map<string, string | undefined>
  /** Tries that got no answer. */
  cut: number
  /** When true, buyers begin nothing new. */
  isOver: boolean
  /** Called after every acknowledgement. */
  changed: () => void
}

/** Somebody who buys until the ledger is over. */
export interface Buyer {
  /** Resolves when everything it asked for was answered. */
  readonly done: Promise<void>
  readonly close: () => Promise<void>
}

interface Reply {
  readonly status: string
  readonly order?: { readonly id: string }
}

const RETRY_MS = 50

const request = (sku: string): string => JSON.stringify({ v: 1, sku, quantity: 1 })

/** A device that buys two things at a time over MQTT, and sends again what was not acknowledged. */
export const buyWithDevice = async (
  { mqtt, demo }: Pick<HiloProcess, 'mqtt' | 'demo'>,
  device: LoadDevice,
  ledger: Ledger,
): Promise<Buyer> => {
  const client = await connectAsync(mqtt, {
    clientId: device.id,
    username: device.id,
    password: device.credential,
    clean: false,
    reconnectPeriod: RETRY_MS,
  })
  client.on('error', () => undefined)
  const waiting = new Map<string, (reply: Reply) => void>()
  client.on('message', (topic, payload) => {
    waiting.get(topic.split('/').at(-1)!)?.(JSON.parse(payload.toString()) as Reply)
  })
  const own = `hilo/v1/${demo.device.shop}/${device.id}/command/purchase`
  await client.subscribeAsync(`${own}/reply/+`, { qos: 1 })

  const insist = async (send: () => Promise<unknown>): Promise<void> => {
    for (;;) {
      try {
        return void (await send())
      } catch {
        // The connection broke while the client sent again what it had kept: the same request id buys once.
        ledger.cut += 1
        await delay(RETRY_MS)
      }
    }
  }
  const buy = async (sku: string): Promise<void> => {
    const rid = randomUUID()
    const purchase: { acknowledged: boolean; order?: string | undefined } = { acknowledged: false }
    ledger.purchases.set(rid, purchase)
    const replied = new Promise<Reply>((resolve) => waiting.set(rid, resolve))
    await insist(() => client.publishAsync(`${own}/request/${rid}`, request(sku), { qos: 1 }))
    purchase.acknowledged = true
    ledger.changed()
    const reply = await replied
    if (reply.status !== 'PLACED') throw new Error(`A purchase was refused: ${JSON.stringify(reply)}`)
    purchase.order = reply.order!.id
  }
  const lane = async (sku: string): Promise<void> => {
    while (!ledger.isOver) await buy(sku)
  }
  const done = Promise.all(SKUS.map(lane)).then(() => undefined)
  done.catch(() => undefined)
  return { done, close: () => client.endAsync(true) }
}

/** A customer who fills a cart and places the order, and asks again with the same key when cut off. */
export const buyOnTheWeb = ({ web }: HiloProcess, { token }: LoadCustomer, ledger: Ledger): Buyer => {
  const frontEnd = { web, headers: { authorization: `Bearer ${token}` } }
  const insist = async <Data>(query: string, input: object): Promise<Data> => {
    for (;;) {
      try {
        return await read<Data>(frontEnd, query, { input })
      } catch (error) {
        // No answer at all is a TypeError of fetch or of the body. An answer is an Error, which says when it may be asked again.
        const isCut = error instanceof TypeError || error instanceof SyntaxError
        if (!isCut && !String(error).includes('"retryable":true')) throw error
        ledger.cut += 1
        await delay(RETRY_MS)
      }
    }
  }
  const buy = async (): Promise<void> => {
    const lines = SKUS.map((sku, index) => ({ sku, quantity: index + 1 }))
    const { cartCreate } = await insist<{ cartCreate: { cart: { id: string } } }>(
      'mutation ($input: CartCreateInput!) { cartCreate(input: $input) { cart { id } userErrors { code } } }',
      { lines, country: 'ES', idempotencyKey: randomUUID() },
    )
    const idempotencyKey = randomUUID()
    ledger.placed.set(idempotencyKey, undefined)
    const { orderPlace } = await insist<{
      orderPlace: { order: { id: string } | null; userErrors: object[] }
    }>(
      'mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { order { id } userErrors { code } } }',
      { cartId: cartCreate.cart.id, idempotencyKey },
    )
    if (!orderPlace.order) throw new Error(`An order was refused: ${JSON.stringify(orderPlace.userErrors)}`)
    ledger.placed.set(idempotencyKey, orderPlace.order.id)
    ledger.changed()
  }
  const shopping = async (): Promise<void> => {
    while (!ledger.isOver) await buy()
  }
  const done = shopping()
  done.catch(() => undefined)
  return { done, close: () => Promise.resolve() }
}
