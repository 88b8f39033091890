import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { type Actor, encodeId, grant, newId, type Permission } from '@hilo/kernel'
import { describe, expect, it } from 'vitest'
import { readAddressPolicy } from '../address-policy.ts'
import { createTestDelivery, testOutbound } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const { webEu, deviceEu } = await createTestChannels(db)

const ctx = testContext(db, { channel: webEu })

const staff = (permissions: readonly Permission[], channels: 'all' | string[] = 'all'): Actor => ({
  kind: 'staff',
  staffId: newId(),
  sessionId: newId(),
  grants: [grant(['webhooks:write']), grant(permissions, { channels })],
})
const outbound = testOutbound()
const as = (actor: Actor, more = {}) => ({ ...testContext(db, { actor, channel: webEu }), outbound, ...more })
const boss = as(
  staff(['orders:read', 'catalog:read', 'prices:read', 'promotions:read', 'customers:read', 'devices:read']),
)

interface Payload {
  readonly endpoint: { readonly id: string; readonly version: number; readonly active: boolean } | null
  readonly secret: string | null
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[]
}

const change = async (name: string, input: object, by = boss): Promise<Payload> => {
  const fields = name.includes('Create') || name.includes('Rotate') ? 'secret' : ''
  const source = `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) {
    endpoint { id url eventTypes channels { code } active version } ${fields} userErrors { code path } } }`
  const { data, errors } = await ask<Record<string, Payload>>(source, { ctx: by, variables: { input } })
  expect(errors).toBeUndefined()
  return data[name]!
}

const create = (input: object = {}, by = boss) =>
  change('webhookEndpointCreate', { url: 'https://hooks.test/hilo', eventTypes: ['order.*'], ...input }, by)

describe('webhookEndpointCreate', () => {
  it('shows the secret once, and keeps it sealed', async () => {
    const { endpoint, secret, userErrors } = await create({ channelIds: [encodeId('channel', webEu.id)] })
    expect(userErrors).toEqual([])
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/)
    expect(endpoint).toMatchObject({
      url: 'https://hooks.test/hilo',
      channels: [{ code: webEu.code }],
      active: true,
    })
    const everything = JSON.stringify(
      [
        await db.selectFrom('webhook_endpoint').selectAll().execute(),
        await db.selectFrom('event').selectAll().where('aggregate', '=', 'webhook_endpoint').execute(),
        await db.selectFrom('idempotency').selectAll().execute(),
      ],
      (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
    )
    expect(everything).not.toContain(secret!.slice(6, 20))
  })

  it.each([
    [
      { url: 'http://hooks.test' },
      'WEBHOOK_URL_INVALID',
      'url',
      { policy: readAddressPolicy('false'), resolve: async () => ['8.8.8.8'] },
    ],
    [
      {},
      'WEBHOOK_URL_PRIVATE',
      'url',
      { policy: readAddressPolicy('false'), resolve: async () => ['8.8.8.8', '10.0.0.1'] },
    ],
    [{}, 'WEBHOOK_HOST_UNKNOWN', 'url', { resolve: () => Promise.reject(new Error('ENOTFOUND')) }],
    [{ eventTypes: ['order.flown'] }, 'WEBHOOK_EVENT_UNKNOWN', 'eventTypes', {}],
    [{ eventTypes: [] }, 'WEBHOOK_EVENTS_INVALID', 'eventTypes', {}],
    [{ description: 'x'.repeat(201) }, 'WEBHOOK_DESCRIPTION_TOO_LONG', 'description', {}],
    [{ channelIds: [encodeId('channel', newId())] }, 'NOT_FOUND', 'channelIds', {}],
    [{ channelIds: ['nonsense'] }, 'INVALID_ID', 'channelIds', {}],
  ])('refuses %o with %s', async (input, code, field, reach) => {
    const { userErrors } = await create(input, { ...boss, outbound: testOutbound(reach) })
    expect(userErrors).toMatchObject([{ code }])
    expect(userErrors[0]!.path[0]).toBe(field)
  })

  it('refuses to tell what its maker may not see, be it of another channel', async () => {
    const clerk = as(staff(['orders:read'], [deviceEu.id]))
    expect((await create({ eventTypes: ['*'] }, clerk)).userErrors).toMatchObject([
      { code: 'FORBIDDEN', path: ['eventTypes'] },
    ])
    expect((await create({}, clerk)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }])
    expect((await create({ channelIds: [encodeId('channel', webEu.id)] }, clerk)).userErrors).toMatchObject([
      { code: 'FORBIDDEN' },
    ])
    expect((await create({ channelIds: [encodeId('channel', deviceEu.id)] }, clerk)).userErrors).toEqual([])
    expect((await create({ eventTypes: ['stock.*'] }, as(staff([])))).userErrors).toEqual([])
  })

  it('refuses when the shop has no key', async () => {
    expect((await create({}, { ...boss, outbound: undefined as never })).userErrors).toMatchObject([
      { code: 'WEBHOOKS_NOT_SET_UP' },
    ])
  })

  it('refuses the fifty-first, though two are made at once', async () => {
    const made = await db.selectFrom('webhook_endpoint').select('id').execute()
    const answers = []
    for (let count = made.length; count < 48; count += 1) answers.push(await create())
    const last = await Promise.all([create(), create(), create(), create()])
    expect(answers.every(({ userErrors }) => userErrors.length === 0)).toBe(true)
    expect(last.flatMap(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual([
      'TOO_MANY_WEBHOOKS',
      'TOO_MANY_WEBHOOKS',
    ])
    await db.deleteFrom('webhook_endpoint').execute()
  })
})

describe('an endpoint', () => {
  it('is changed, tested, rotated, and taken away, each as an event that says what changed', async () => {
    const { endpoint } = await create()
    const { id } = endpoint!
    const changed = await change('webhookEndpointUpdate', {
      id,
      ifVersion: 1,
      eventTypes: ['product.*'],
      active: false,
    })
    expect(changed.endpoint).toMatchObject({ eventTypes: ['product.*'], active: false, version: 2 })
    expect((await change('webhookEndpointUpdate', { id, ifVersion: 1 })).userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT' },
    ])
    expect((await change('webhookEndpointTest', { id })).userErrors).toMatchObject([
      { code: 'WEBHOOK_INACTIVE' },
    ])
    await change('webhookEndpointUpdate', { id, active: true })
    expect((await change('webhookEndpointTest', { id })).userErrors).toEqual([])
    const first = await change('webhookEndpointSecretRotate', { id, idempotencyKey: 'rotate-once' })
    const again = await change('webhookEndpointSecretRotate', { id, idempotencyKey: 'rotate-once' })
    expect(first.secret).toMatch(/^whsec_/)
    expect(again).toMatchObject({ secret: null, endpoint: { version: 4 } })
    const deleted = await ask(`mutation { webhookEndpointDelete(input: { id: "${id}" }) { done } }`, {
      ctx: boss,
    })
    expect(deleted.data).toEqual({ webhookEndpointDelete: { done: true } })
    const events = await db
      .selectFrom('event')
      .select(['type', 'changed'])
      .where('aggregate', '=', 'webhook_endpoint')
      .orderBy('id', 'desc')
      .limit(6)
      .execute()
    expect(events.reverse().map(({ type }) => type)).toEqual([
      'WebhookEndpointCreated.v1',
      'WebhookEndpointUpdated.v1',
      'WebhookEndpointUpdated.v1',
      'WebhookTestRequested.v1',
      'WebhookSecretRotated.v1',
      'WebhookEndpointDeleted.v1',
    ])
    expect(events[1]!.changed).toEqual({ eventTypes: [['order.*'], ['product.*']], active: [true, false] })
  })
})

describe('webhookEndpointSecretRotate', () => {
  it('gives the secret that signs what one may not see to nobody', async () => {
    const { endpoint } = await create()
    const rotated = await change(
      'webhookEndpointSecretRotate',
      { id: endpoint!.id },
      as(staff(['prices:read'])),
    )
    expect(rotated).toMatchObject({ secret: null, userErrors: [{ code: 'FORBIDDEN' }] })
    expect((await change('webhookEndpointSecretRotate', { id: endpoint!.id })).secret).toMatch(/^whsec_/)
  })
})

describe('webhookDeliveries', () => {
  it('are listed with what was sent in a constant number of statements, and replayed', async () => {
    const { deliveryId } = await createTestDelivery(ctx, outbound)
    await createTestDelivery(ctx, outbound)
    const page =
      '{ webhookDeliveries(first: 10) { totalCount nodes { id state eventType attempts body endpoint { url } } } }'
    const { result, statements } = await recordStatements(() => ask(page, { ctx: boss }))
    expect(statements).toHaveLength(4)
    const { nodes } = (
      result.data as { webhookDeliveries: { nodes: { id: string; body: string; state: string }[] } }
    ).webhookDeliveries
    expect(nodes).toHaveLength(2)
    expect(JSON.parse(nodes[0]!.body)).toMatchObject({ type: 'order.placed', data: { number: 'H-1' } })
    await db.updateTable('webhook_delivery').set({ state: 'FAILED', attempts: 10 }).execute()
    const id = encodeId('webhookDelivery', deliveryId)
    const replayed = await ask(
      `mutation { webhookDeliveryReplay(input: { id: "${id}" }) { delivery { state attempts } userErrors { code } } }`,
      { ctx: boss },
    )
    expect(replayed.data).toEqual({
      webhookDeliveryReplay: { delivery: { state: 'PENDING', attempts: 0 }, userErrors: [] },
    })
    const failed = await ask('{ webhookDeliveries(first: 10, state: FAILED) { nodes { id } } }', {
      ctx: boss,
    })
    expect((failed.data as { webhookDeliveries: { nodes: unknown[] } }).webhookDeliveries.nodes).toHaveLength(
      1,
    )
  })

  it('tell what was sent only to who may see it in the log', async () => {
    const { endpointId } = await createTestDelivery(ctx, outbound)
    const bodies = async (by: object) => {
      const page = `{ webhookDeliveries(first: 1, endpoint: "${encodeId('webhookEndpoint', endpointId)}") { nodes { eventType body } } }`
      const { data } = await ask<{ webhookDeliveries: { nodes: object[] } }>(page, { ctx: by as typeof boss })
      return data.webhookDeliveries.nodes
    }
    expect(await bodies(as(staff([])))).toEqual([{ eventType: 'order.placed', body: null }])
    expect(await bodies(as(staff(['orders:read'], [deviceEu.id])))).toMatchObject([{ body: null }])
    expect(await bodies(boss)).toMatchObject([{ body: expect.stringContaining('H-1') as string }])
  })

  it('are nobody’s without the permission, nor by node(id)', async () => {
    const { endpointId, deliveryId } = await createTestDelivery(ctx, outbound)
    const clerk = as({
      kind: 'staff',
      staffId: newId(),
      sessionId: newId(),
      grants: [grant(['orders:write', 'settings:write'])],
    })
    for (const id of [encodeId('webhookEndpoint', endpointId), encodeId('webhookDelivery', deliveryId)])
      expect((await ask(`{ node(id: "${id}") { id } }`, { ctx: clerk })).data).toEqual({ node: null })
    expect((await ask('{ webhookEndpoints { id } }', { ctx: clerk })).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ])
  })
})
