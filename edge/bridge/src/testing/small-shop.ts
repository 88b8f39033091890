import { verify, type KeyObject } from 'node:crypto'
import { GraphQLError } from 'graphql'
import { createSchema, createYoga } from 'graphql-yoga'
import { edgeManifest } from '../api/operations.ts'
import { eventLog } from './event-log.ts'

const typeDefs = `
  type Query { channels: [Channel!]!  products(first: Int, after: String): ProductConnection!
    devicePrice(slot: String, sku: String, quantity: Int): DevicePrice }
  type Channel { code: String! kind: String! active: Boolean! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type ProductConnection { pageInfo: PageInfo! nodes: [Product!]! }
  type Product { variants: [Variant!]! }
  type Variant { sku: String! price: ShelfPrice }
  type ShelfPrice { unit: Money! list: Money! lowestPrice30d: Money }
  type Money { amountMinor: Int! currency: String! decimal: String! }
  type DevicePrice { slot: String quantity: Int! token: String variant: Variant! unit: Money! total: Money! }
  type UserError { code: String! message: String! }
  type Device { id: ID! status: String! channel: Channel! }
  type Order { id: ID! number: String! total: Money! }
  type Notification { id: ID! kind: String! title: String! body: String! data: Facts createdAt: String! expiresAt: String!
    acknowledgedAt: String device: Device! }
  scalar Facts
  input DeviceAuthenticateInput { deviceId: ID! password: String! idempotencyKey: String }
  type DeviceAuthenticatePayload { device: Device userErrors: [UserError!]! }
  input ExpectInput { max: Int! currency: String! }
  input DevicePurchaseInput { idempotencyKey: String! slot: String sku: String quantity: Int expect: ExpectInput
    priceToken: String test: Boolean sentAt: String signed: SignedRequestInput needsSignature: Boolean }
  input SignedRequestInput { topic: String! request: String! signature: String! }
  type DevicePurchasePayload { status: String cancelBy: String order: Order userErrors: [UserError!]! }
  input DeviceOrderCancelInput { idempotencyKey: String! orderId: ID! }
  type DeviceOrderCancelPayload { order: Order userErrors: [UserError!]! }
  input DeviceStateReportInput { state: String! firmware: String at: String idempotencyKey: String }
  input DeviceReadingReportInput { name: String! value: Float! unit: String at: String idempotencyKey: String }
  input NotificationAcknowledgeInput { id: ID! action: String idempotencyKey: String }
  type ReportPayload { userErrors: [UserError!]! }
  type Mutation {
    deviceAuthenticate(input: DeviceAuthenticateInput!): DeviceAuthenticatePayload!
    devicePurchase(input: DevicePurchaseInput!): DevicePurchasePayload!
    deviceOrderCancel(input: DeviceOrderCancelInput!): DeviceOrderCancelPayload!
    deviceStateReport(input: DeviceStateReportInput!): ReportPayload!
    deviceReadingReport(input: DeviceReadingReportInput!): ReportPayload!
    notificationAcknowledge(input: NotificationAcknowledgeInput!): ReportPayload!
  }
  type PriceChange { eventId: ID! at: String! sku: String! price: Money list: Money lowestPrice30d: Money }
  type DeviceChange { eventId: ID! at: String! type: String! device: Device }
  type NotificationChange { eventId: ID! at: String! notification: Notification }
  type Subscription {
    priceChanged(after: String): PriceChange!
    deviceChanged(after: String): DeviceChange!
    notificationChanged(after: String): NotificationChange!
  }`

/** The key of the edge in this shop. */
export const EDGE_KEY = 'hk_test_edge'

const euros = (amountMinor: number) => ({
  amountMinor,
  currency: 'EUR',
  decimal: (amountMinor / 100).toFixed(2),
})

/** What a reduced price is shown with, in cents. */
interface Reduction {
  readonly list: number
  readonly lowest: number
}

const comparison = (unit: number, reduction: Reduction | undefined) => ({
  list: euros(reduction?.list ?? unit),
  lowestPrice30d: reduction ? euros(reduction.lowest) : null,
})
const refusal = (code: string) => ({ userErrors: [{ code, message: `${code} in words` }] })

interface SignedInput {
  readonly signed?: { readonly topic: string; readonly request: string; readonly signature: string }
  readonly needsSignature?: boolean
}

const signatureComplaint = (key: KeyObject | undefined, { signed, needsSignature }: SignedInput) => {
  if (!signed) return needsSignature ? 'SIGNATURE_REQUIRED' : undefined
  const text = Buffer.from(`${signed.topic}\n${signed.request}`)
  const holds = key && verify(null, text, key, Buffer.from(signed.signature, 'base64url'))
  return holds ? undefined : 'SIGNATURE_INVALID'
}

interface Asking {
  readonly device: string
  readonly key: string
}

/** A GraphQL server with the part of the API that the edge uses, in memory, over `fetch`: the other end of the network. */
export const smallShop = (passwords: ReadonlyMap<string, string>) => {
  const log = eventLog()
  const revoked = new Set<string>()
  let isOpen = true
  let onRead = (): void => {}
  const prices = new Map<string, number>([
    ['COF-1', 1250],
    ['COF-2', 900],
  ])
  const reductions = new Map<string, Reduction>()
  const slots: Record<string, string> = { beans: 'COF-1' }
  const keys = new Map<string, KeyObject>()
  const answers = new Map<string, object>()
  const orders: { device: string; sku: string; quantity: number }[] = []
  const reports: object[] = []
  const open = new Set<AbortController>()

  const deviceOf = (id: string) => ({
    id,
    status: revoked.has(id) ? 'REVOKED' : 'ACTIVE',
    channel: { code: 'coffee', kind: 'DEVICE', active: true },
  })
  const askingOf = (request: Request): Asking => {
    if (request.headers.get('authorization') !== `Bearer ${EDGE_KEY}`)
      throw new GraphQLError('no key', { extensions: { code: 'UNAUTHENTICATED' } })
    const device = request.headers.get('hilo-device') ?? ''
    if (revoked.has(device)) throw new GraphQLError('revoked', { extensions: { code: 'DEVICE_REVOKED' } })
    return { device, key: device }
  }
  const skuOf = (wish: { slot?: string; sku?: string }) => wish.sku ?? slots[wish.slot ?? '']
  const placed = ({ device }: Asking, input: Record<string, never>): object => {
    const sku = skuOf(input)
    if (!sku) return refusal('UNKNOWN_SLOT')
    const quantity: number = input['quantity'] ?? 1
    orders.push({ device, sku, quantity })
    const order = { id: `order_${orders.length}`, number: `H-${orders.length}` }
    const total = euros(prices.get(sku)! * quantity)
    return {
      status: 'PLACED',
      cancelBy: '2026-01-03T00:00:00.000Z',
      order: { ...order, total },
      userErrors: [],
    }
  }
  const once = (asking: Asking, key: string, make: () => object): object => {
    const name = `${asking.device} ${key}`
    const answer = answers.get(name) ?? make()
    answers.set(name, answer)
    return answer
  }
  const reported =
    (kind: string) =>
    (_root: unknown, { input }: { input: object }, { request }: { request: Request }) => {
      reports.push({ kind, device: askingOf(request).device, ...input })
      return { userErrors: [] }
    }
  const following = (topic: string) => ({
    subscribe: (_root: unknown, { after }: { after?: string }, { request }: { request: Request }) => {
      askingOf(request)
      if (after && !/^\d+$/.test(after))
        throw new GraphQLError('unknown position', { extensions: { code: 'INVALID_CURSOR' } })
      const controller = new AbortController()
      open.add(controller)
      return log.follow(topic, after, controller.signal)
    },
  })

  const operations = edgeManifest()
  const yoga = createYoga({
    logging: false,
    extraParamNames: ['documentId'],
    plugins: [
      {
        onParams: ({ params, setParams }) => {
          const { documentId } = params as { readonly documentId?: string }
          if (documentId) setParams({ ...params, query: operations[documentId] })
        },
      },
    ],
    maskedErrors: { maskError: (error) => error as Error },
    schema: createSchema<{ request: Request }>({
      typeDefs,
      resolvers: {
        Query: {
          channels: () => [
            { code: 'coffee', kind: 'DEVICE', active: isOpen },
            { code: 'web', kind: 'WEB', active: true },
          ],
          products: (_root, { after }) => {
            onRead()
            if (!isOpen) throw new GraphQLError('closed', { extensions: { code: 'UNKNOWN_CHANNEL' } })
            const [first, ...rest] = [...prices].map(([sku, unit]) => ({
              variants: [{ sku, price: { unit: euros(unit), ...comparison(unit, reductions.get(sku)) } }],
            }))
            return after
              ? { nodes: rest, pageInfo: { hasNextPage: false } }
              : {
                  nodes: first ? [first] : [],
                  pageInfo: { hasNextPage: rest.length > 0, endCursor: 'second' },
                }
          },
          devicePrice: (_root, wish, { request }) => {
            askingOf(request)
            const sku = skuOf(wish)
            if (!sku) throw new GraphQLError('no such slot', { extensions: { code: 'UNKNOWN_SLOT' } })
            const quantity = wish.quantity ?? 1
            const unit = prices.get(sku)!
            const slot = wish.slot ?? null
            return { slot, quantity, variant: { sku }, unit: euros(unit), total: euros(unit * quantity) }
          },
        },
        Mutation: {
          deviceAuthenticate: (_root, { input }, { request }) => {
            askingOf(request)
            const known = passwords.get(input.deviceId) === input.password && !revoked.has(input.deviceId)
            return known ? { device: deviceOf(input.deviceId), userErrors: [] } : refusal('UNAUTHENTICATED')
          },
          devicePurchase: (_root, { input }, { request }) => {
            const asking = askingOf(request)
            const complaint = signatureComplaint(keys.get(asking.device), input)
            if (complaint) return refusal(complaint)
            return once(asking, input.idempotencyKey, () => placed(asking, input))
          },
          deviceOrderCancel: (_root, { input }, { request }) => {
            const asking = askingOf(request)
            return once(asking, input.idempotencyKey, () => ({
              order: { id: input.orderId, number: 'H-1', total: euros(0) },
              userErrors: [],
            }))
          },
          deviceStateReport: reported('state'),
          deviceReadingReport: reported('reading'),
          notificationAcknowledge: reported('acknowledgement'),
        },
        Subscription: {
          priceChanged: following('priceChanged'),
          deviceChanged: following('deviceChanged'),
          notificationChanged: following('notificationChanged'),
        },
      },
    }),
  })

  return {
    /** Answers requests of an HTTP server. */
    serve: yoga,
    fetch: async (url: string, init: RequestInit) => yoga.fetch(url, init),
    orders,
    reports,
    /** The public keys of devices that sign. */
    keys,
    setPrice: (sku: string, amountMinor: number | null, reduction?: Reduction) => {
      if (reduction) reductions.set(sku, reduction)
      else reductions.delete(sku)
      if (amountMinor === null) {
        prices.delete(sku)
        log.add('priceChanged', { sku })
      } else {
        prices.set(sku, amountMinor)
        log.add('priceChanged', { sku, price: euros(amountMinor), ...comparison(amountMinor, reduction) })
      }
    },
    notify: (device: string, id: string) =>
      log.add('notificationChanged', {
        notification: {
          id,
          kind: 'ORDER_PLACED',
          title: 'Order placed',
          body: 'Beans are on their way',
          data: { number: 'H-1', actions: ['cancel'] },
          createdAt: '2026-01-02T03:04:05.000Z',
          expiresAt: '2126-01-02T03:04:05.000Z',
          acknowledgedAt: null,
          device: deviceOf(device),
        },
      }),
    /** Closes the channel of the devices, or opens it again. */
    setOpen: (open: boolean) => void (isOpen = open),
    /** Does something whenever prices are read, before they are answered. */
    whenRead: (does: () => void) => void (onRead = does),
    revoke: (device: string) => {
      revoked.add(device)
      log.add('deviceChanged', { type: 'DeviceRevoked.v1', device: deviceOf(device) })
    },
    rotate: (device: string) =>
      log.add('deviceChanged', { type: 'DeviceCredentialRotated.v1', device: deviceOf(device) }),
    /** Ends every subscription, as a restart of the API would. */
    cut: () => {
      for (const controller of open) controller.abort()
      open.clear()
    },
  }
}
