import { signInStaff } from '@hilo/access'
import { createTestStaff, TEST_PASSWORD } from '@hilo/access/testing'
import { updateProduct } from '@hilo/catalog'
import { createTestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import { command, type Context, startEventFeed } from '@hilo/db'
import { logSettled, recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask, listen } from '@hilo/graphql/testing'
import { createTestLocation } from '@hilo/inventory/testing'
import { setStock } from '@hilo/inventory'
import { type Actor, encodeId, grant, GUEST, money, newId, type Permission, unwrap } from '@hilo/kernel'
import { cancelOrder } from '@hilo/orders'
import { createTestOrder } from '@hilo/orders/testing'
import { setPrice } from '@hilo/prices'
import { createPricedProduct } from '@hilo/prices/testing'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import './index.ts'

const { db, database } = await testDatabase()
const { webEu } = await createTestChannels(db)

const system = testContext(db, { channel: webEu })
const ana = await createTestStaff(system)
const client = { address: '203.0.113.9', userAgent: 'Firefox' }
const staff = (permissions: readonly Permission[], staffId = newId()): Actor => ({
  kind: 'staff',
  staffId,
  sessionId: newId(),
  grants: [grant(permissions)],
})
const boss: Context = {
  ...system,
  client,
  actor: staff(['catalog:write', 'prices:write', 'stock:write', 'orders:write'], ana.id),
}
const auditor = { ...system, actor: staff(['audit:read']) }

const doing = async <T>(ctx: Context, run: (inner: Context) => Promise<T>): Promise<T> =>
  unwrap(
    await command(ctx, { operation: 'test', input: null }, async (inner) => ({
      ok: true as const,
      value: await run(inner),
    })),
  )

interface Entry {
  readonly id: string
  readonly type: string
  readonly action: string
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string | null }
  readonly subject: { readonly kind: string; readonly id: string | null; readonly label: string | null }
  readonly address: string | null
  readonly userAgent: string | null
  readonly correlationId: string | null
  readonly channel: { readonly code: string } | null
  readonly changes: readonly { field: string; before: unknown; after: unknown }[]
  readonly facts: Readonly<Record<string, unknown>>
}

const LIST = `query ($where: AuditWhere, $first: Int, $after: String) { auditEntries(where: $where, first: $first, after: $after) {
  nodes { id at type action actor { kind id name } subject { kind id label } channel { code }
    address userAgent correlationId changes { field before after } facts }
  pageInfo { hasNextPage endCursor } totalCount } }`

const list = async (
  where: object = {},
  { ctx = auditor, ...page }: { ctx?: object; first?: number; after?: string } = {},
) => {
  const { data, errors } = await ask<{
    auditEntries: {
      nodes: Entry[]
      pageInfo: { hasNextPage: boolean; endCursor: string }
      totalCount: number
    }
  }>(LIST, { ctx: ctx as typeof auditor, variables: { where, first: 50, ...page } })
  expect(errors).toBeUndefined()
  return data.auditEntries
}

const beans = await createPricedProduct(system, {
  sku: 'BEANS',
  amounts: { EUR: 1_000 },
  name: { en: 'Beans', es: 'Granos' },
})
const location = await createTestLocation(db, { channelIds: [webEu.id] })
const priceList = await db
  .selectFrom('price_list')
  .select('id')
  .where('code', '=', 'base-eur')
  .executeTakeFirstOrThrow()

await doing(boss, (ctx) =>
  updateProduct(ctx, {
    id: beans.productId,
    slug: 'whole-beans',
    name: { en: 'Whole beans', es: 'Granos enteros' },
  }),
)
await doing(boss, (ctx) =>
  setPrice(ctx, { variantId: beans.variantId, priceListId: priceList.id, amount: money(900n, 'EUR') }),
)
await doing(boss, (ctx) => setStock(ctx, { locationId: location, variantId: beans.variantId, onHand: 12 }))

describe('auditEntries', () => {
  it('says who changed what, when, from where, and what it was before', async () => {
    const { nodes } = await list({ by: ['STAFF', 'APP'], actor: encodeId('staff', ana.id) })
    const [stock, price, product] = nodes as [Entry, Entry, Entry]
    expect(product).toMatchObject({
      type: 'ProductUpdated.v1',
      action: 'changed a product',
      actor: { kind: 'STAFF', id: encodeId('staff', ana.id) },
      subject: { kind: 'product', id: encodeId('product', beans.productId), label: 'Whole beans' },
      channel: { code: webEu.code },
      address: '203.0.113.9',
      userAgent: 'Firefox',
      correlationId: 'test',
      changes: [
        { field: 'name.en', before: 'Beans', after: 'Whole beans' },
        { field: 'name.es', before: 'Granos', after: 'Granos enteros' },
        { field: 'slug', after: 'whole-beans' },
      ],
    })
    expect(product.actor.name).not.toBeNull()
    expect(price).toMatchObject({
      type: 'PriceChanged.v1',
      subject: { kind: 'variant', label: 'BEANS' },
      changes: [{ field: 'amountMinor', before: 1_000, after: 900 }],
      facts: { currency: 'EUR', priceListId: encodeId('priceList', priceList.id) },
    })
    expect(stock).toMatchObject({
      type: 'StockChanged.v1',
      changes: [{ field: 'onHand', before: 0, after: 12 }],
    })
    expect(JSON.stringify(nodes)).not.toContain(beans.productId)
  })

  it('finds by subject, the variants of a product too, by kind and by time, in both languages', async () => {
    const of = await list(
      { subject: encodeId('product', beans.productId), by: ['STAFF'] },
      { ctx: { ...auditor, locale: 'es' } },
    )
    expect(of.nodes.map(({ action }) => action)).toEqual([
      'cambió existencias',
      'cambió un precio',
      'cambió un producto',
    ])
    expect(of.nodes[2]!.subject.label).toBe('Granos enteros')
    expect((await list({ types: ['PriceChanged.v1'], by: ['STAFF'] })).totalCount).toBe(1)
    const now = system.now()
    expect((await list({ since: new Date(now.getTime() + 1).toISOString() })).totalCount).toBe(0)
    expect((await list({ until: now.toISOString() })).totalCount).toBe(0)
    expect((await list({ since: now.toISOString(), by: ['STAFF'] })).totalCount).toBe(4)
  })

  it('pages through everything once, newest first', async () => {
    const whole = (await list()).nodes.map(({ id }) => id)
    const paged: string[] = []
    for (let after: string | undefined, more = true; more;) {
      const { nodes, pageInfo } = await list({}, { first: 2, ...(after ? { after } : {}) })
      paged.push(...nodes.map(({ id }) => id))
      after = pageInfo.endCursor
      more = pageInfo.hasNextPage
    }
    expect(paged).toEqual(whole)
    expect(new Set(paged).size).toBe(paged.length)
    const { errors } = await ask(LIST, { ctx: auditor, variables: { after: 'nonsense' } })
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }])
    const bad = await ask(LIST, { ctx: auditor, variables: { where: { actor: encodeId('order', newId()) } } })
    expect(bad.errors).toMatchObject([{ extensions: { code: 'INVALID_ID' } }])
  })

  it('takes as many statements for fifty entries as for two', async () => {
    const nodes = LIST.replace('totalCount', '')
    const few = await recordStatements(() => ask(nodes, { ctx: auditor, variables: { first: 2 } }))
    const many = await recordStatements(() => ask(nodes, { ctx: auditor, variables: { first: 50 } }))
    expect(many.statements).toHaveLength(3)
    expect(few.statements.length).toBeLessThanOrEqual(3)
  })

  it('keeps the names of customers from auditors who may not read them', async () => {
    const customer = await createTestCustomer(system, {})
    const subject = encodeId('customer', customer.id)
    expect((await list({ subject })).nodes[0]!.subject).toEqual({
      kind: 'customer',
      id: subject,
      label: null,
    })
    const ctx = { ...auditor, actor: staff(['audit:read', 'customers:read']) }
    expect((await list({ subject }, { ctx })).nodes[0]!.subject.label).not.toBeNull()
  })

  it('is denied without the permission', async () => {
    const { errors } = await ask(LIST, {
      ctx: { ...auditor, actor: staff(['settings:write', 'events:read']) },
    })
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })

  it('reads the index of what staff did, however much else happens', async () => {
    await sql`
      insert into event (aggregate, aggregate_id, seq, type, payload, actor, at)
      select 'cart', gen_random_uuid(), 1, 'CartChanged.v1', '{}', 'guest', now() from generate_series(1, 20000)`.execute(
      db,
    )
    await sql`analyze event`.execute(db)
    const { statements } = await recordStatements(() => list({ by: ['STAFF', 'APP'] }))
    const statement = statements.find((text) => text.includes('order by "tx" desc'))!
    const { rows } = await sql<
      Record<string, string>
    >`explain ${sql.raw(statement.replace(/\$\d/, '21'))}`.execute(db)
    expect(JSON.stringify(rows)).toContain('event_by_staff')
  })
})

describe('signing in', () => {
  it('is an entry, and so is failing to, with the address it came from', async () => {
    const ben = await createTestStaff(system)
    const guest = { ...system, actor: GUEST, client }
    const before = await db.selectFrom('event').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()
    expect((await signInStaff(guest, { email: ben.email, password: 'wrong horse' })).ok).toBe(false)
    expect((await signInStaff(guest, { email: 'nobody@shop.test', password: 'wrong horse' })).ok).toBe(false)
    expect((await signInStaff(guest, { email: ben.email, password: TEST_PASSWORD })).ok).toBe(true)
    const events = await db
      .selectFrom('event')
      .select(['type', 'actor', 'address'])
      .where('id', '>', before.id)
      .orderBy('id')
      .execute()
    expect(events).toEqual([
      { type: 'StaffSignInFailed.v1', actor: 'guest', address: '203.0.113.9' },
      { type: 'StaffSignedIn.v1', actor: `staff:${ben.id}`, address: '203.0.113.9' },
    ])
    const { nodes } = await list({ by: ['STAFF'], subject: encodeId('staff', ben.id) })
    expect(nodes.map(({ action }) => action).slice(0, 2)).toEqual(['signed in', 'failed to sign in'])
  })
})

describe('auditEntryAdded', () => {
  it('tells of new entries that fit', async () => {
    const actor = staff(['audit:read', 'catalog:read'])
    await logSettled(db)
    const feed = await startEventFeed(database)
    const events = await listen<{ auditEntryAdded: { eventId: string } }>(
      `subscription { auditEntryAdded(where: { types: ["ProductUpdated.v1"], by: [STAFF] }) { eventId } }`,
      { ctx: { ...auditor, actor, feed } },
    )
    await doing(boss, (ctx) => updateProduct(ctx, { id: beans.productId, slug: 'beans' }))
    const { value } = await events.next()
    const newest = (await list({ types: ['ProductUpdated.v1'] })).nodes[0]!
    expect(value).toMatchObject({ data: { auditEntryAdded: { eventId: newest.id } } })
    await events.return?.()
    await feed.close()
  })
})

describe('the timeline of an order', () => {
  const TIMELINE = 'query ($id: ID!) { order(id: $id) { timeline { type action by byName reason } } }'

  it('tells its customer what happened, and staff who did it', async () => {
    const customer = await createTestCustomer(system, {})
    const owner = { ...system, actor: { kind: 'customer', customerId: customer.id } as const }
    const order = await createTestOrder(owner, {
      customerId: customer.id,
      lines: [{ variantId: beans.variantId, quantity: 1 }],
    })
    await doing(boss, (ctx) => cancelOrder(ctx, { orderId: order.orderId, reason: 'Broken box' }))
    const variables = { id: encodeId('order', order.orderId) }
    const told = await ask<{ order: { timeline: { byName: string | null }[] } }>(TIMELINE, {
      ctx: owner,
      variables,
    })
    expect(told.data.order.timeline).toEqual([
      { type: 'OrderPlaced.v1', action: 'placed an order', by: 'CUSTOMER', byName: null, reason: null },
      {
        type: 'OrderCancelled.v1',
        action: 'cancelled an order',
        by: 'STAFF',
        byName: null,
        reason: 'Broken box',
      },
    ])
    const { data } = await ask<typeof told.data>(TIMELINE, { ctx: boss, variables })
    expect(data.order.timeline[1]!.byName).not.toBeNull()
    const changes = (await list({ types: ['OrderCancelled.v1'] })).nodes[0]!.changes
    expect(changes).toEqual([{ field: 'status', before: 'PLACED', after: 'CANCELLED' }])
  })
})
