import { appActor, staffActor } from '@hilo/access/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import { createTestProduct } from '@hilo/catalog/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { decodeId, encodeId, GUEST, newId, type Actor } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { authenticateDevice } from '../authenticate-device.ts'
import { insertDeviceTypes } from '../insert-devices.ts'
import { createTestDevice } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const ctx = testContext(db)
const { deviceEu } = await createTestChannels(db)
await insertDeviceTypes(ctx, [
  { code: 'coffee', name: { en: 'Coffee machine', es: 'Cafetera' }, kind: 'APPLIANCE' },
])
const { variantId } = await createTestProduct(ctx, { sku: 'BEANS' })
const as = (actor: Actor, variables: Record<string, unknown> = {}) => ({
  ctx: testContext(db, { actor }),
  variables,
})

const newOwner = async () => {
  const { id } = await createTestCustomer(ctx)
  return { id, publicId: encodeId('customer', id), actor: { kind: 'customer', customerId: id } as const }
}

const CREATE = `mutation ($input: DeviceCreateInput!) { deviceCreate(input: $input) {
  device { id name type { code name kind } owner { id } channel { code } status state test version slots { name }
    policy { maxOrder { amountMinor } maxDay { amountMinor } maxQuantity cancelWindowMinutes } }
  credential replayed userErrors { code path }
} }`

interface Created {
  readonly deviceCreate: {
    readonly device: { readonly id: string }
    readonly credential: string | null
    readonly replayed: boolean
    readonly userErrors: unknown
  }
}

const input = { typeCode: 'coffee', name: 'Kitchen', channel: 'device-eu' }

const create = async (actor: Actor, more: object = {}) =>
  (await ask<Created>(CREATE, as(actor, { input: { ...input, ...more } }))).data.deviceCreate

test('a customer registers a device, which may buy nothing yet', async () => {
  const owner = await newOwner()
  const { device, credential } = await create(owner.actor)
  expect(device).toMatchObject({
    name: 'Kitchen',
    type: { code: 'coffee', name: 'Coffee machine', kind: 'APPLIANCE' },
    owner: { id: owner.publicId },
    channel: { code: 'device-eu' },
    status: 'ACTIVE',
    state: 'OFFLINE',
    policy: { maxOrder: null, maxDay: null, maxQuantity: 10, cancelWindowMinutes: 1_440 },
  })
  expect(credential).toMatch(/^hdc_/)
  const deviceId = decodeId('device', device.id)!
  expect((await authenticateDevice(ctx, { deviceId, password: credential! })).ok).toBe(true)
})

test('a repeated request makes no second device and does not show the credential again', async () => {
  const owner = await newOwner()
  const once = await create(owner.actor, { idempotencyKey: 'my kitchen device' })
  const again = await create(owner.actor, { idempotencyKey: 'my kitchen device' })
  expect(again).toMatchObject({ device: { id: once.device.id }, credential: null, replayed: true })
  const kept = await db.selectFrom('idempotency').select('response').execute()
  expect(JSON.stringify(kept)).not.toContain(once.credential)
})

test('staff register a device for a customer, and say for whom', async () => {
  const owner = await newOwner()
  const staff = staffActor(['devices:write', 'devices:read', 'customers:read'])
  expect(await create(staff, { ownerId: owner.publicId })).toMatchObject({
    device: { owner: { id: owner.publicId } },
  })
  expect(await create(staff)).toMatchObject({ device: null, userErrors: [{ code: 'OWNER_REQUIRED' }] })
  expect(await create(staff, { ownerId: encodeId('customer', newId()) })).toMatchObject({
    userErrors: [{ code: 'NOT_FOUND', path: ['ownerId'] }],
  })
  expect(await create(staff, { ownerId: 'cust_x' })).toMatchObject({ userErrors: [{ code: 'INVALID_ID' }] })
  expect(await create((await newOwner()).actor, { ownerId: owner.publicId })).toMatchObject({
    userErrors: [{ code: 'FORBIDDEN' }],
  })
})

test('staff of a channel register no device for a customer of other channels, whom they could then see', async () => {
  const elsewhere = await newOwner()
  const [met] = [await createTestCustomer(ctx, { channelId: deviceEu.id })]
  const staff = staffActor(['devices:write', 'customers:read'], { channels: [deviceEu.id] })
  expect(await create(staff, { ownerId: elsewhere.publicId })).toMatchObject({
    device: null,
    credential: null,
    userErrors: [{ code: 'NOT_FOUND', path: ['ownerId'] }],
  })
  expect(await create(staff, { ownerId: encodeId('customer', met.id) })).toMatchObject({
    device: { owner: { id: encodeId('customer', met.id) } },
    userErrors: [],
  })
})

test('a device of an unknown type, in an unknown channel or without a name is refused', async () => {
  const { actor } = await newOwner()
  for (const [field, value, code] of [
    ['typeCode', 'toaster', 'NOT_FOUND'],
    ['typeCode', '\0', 'NOT_FOUND'],
    ['channel', 'nowhere', 'NOT_FOUND'],
    ['channel', '\0', 'NOT_FOUND'],
    ['name', ' ', 'NAME_INVALID'],
  ]) {
    expect(await create(actor, { [field!]: value })).toMatchObject({ userErrors: [{ code, path: [field] }] })
  }
})

const UPDATE = `mutation ($input: DeviceUpdateInput!) { deviceUpdate(input: $input) {
  device { name test version policy { maxOrder { amountMinor currency } maxDay { amountMinor } maxQuantity } }
  userErrors { code path ... on VersionConflictError { current } }
} }`

interface Updated {
  readonly deviceUpdate: object
}

test('the owner sets a policy in the currency of the channel; what is left out stays', async () => {
  const { actor } = await newOwner()
  const { device } = await create(actor)
  const update = async (change: object) =>
    (await ask<Updated>(UPDATE, as(actor, { input: { id: device.id, ...change } }))).data.deviceUpdate
  const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })
  expect(await update({ policy: { maxOrder: eur(5_000), maxDay: eur(9_000) } })).toMatchObject({
    device: { version: 2, policy: { maxOrder: eur(5_000), maxDay: { amountMinor: 9_000 }, maxQuantity: 10 } },
  })
  expect(await update({ ifVersion: 2, name: 'Office', test: true, policy: { maxDay: null } })).toMatchObject({
    device: { name: 'Office', test: true, version: 3, policy: { maxOrder: eur(5_000), maxDay: null } },
  })
  const refused = async (change: object) =>
    ((await update(change)) as { userErrors: readonly [{ code: string; path: readonly string[] }] })
      .userErrors[0]
  expect(await refused({ ifVersion: 2, name: 'Late' })).toMatchObject({
    code: 'VERSION_CONFLICT',
    current: 3,
  })
  expect(await refused({ policy: { maxOrder: { amountMinor: 1, currency: 'USD' } } })).toEqual({
    code: 'WRONG_CURRENCY',
    path: ['policy', 'maxOrder'],
  })
  expect(await refused({ policy: { maxDay: eur(-1) } })).toMatchObject({ code: 'POLICY_LIMIT_INVALID' })
  expect(await refused({ policy: { maxQuantity: 0 } })).toMatchObject({ code: 'QUANTITY_INVALID' })
  expect(await refused({ policy: { cancelWindowMinutes: 43_201 } })).toMatchObject({
    code: 'CANCEL_WINDOW_INVALID',
  })
})

const SLOT = `mutation ($input: DeviceSlotSetInput!) { deviceSlotSet(input: $input) {
  device { slots { name quantity variant { sku } } } userErrors { code }
} }`

test('slots are bound by SKU or variant, bound anew, and removed', async () => {
  const { actor } = await newOwner()
  const { device } = await create(actor)
  const set = async (binding: object) =>
    (await ask<{ deviceSlotSet: object }>(SLOT, as(actor, { input: { deviceId: device.id, ...binding } })))
      .data.deviceSlotSet
  await set({ slot: 'b', sku: 'BEANS', quantity: 1 })
  expect(await set({ slot: 'a', variantId: encodeId('variant', variantId), quantity: 2 })).toMatchObject({
    device: { slots: [{ name: 'a', quantity: 2, variant: { sku: 'BEANS' } }, { name: 'b' }] },
  })
  expect(await set({ slot: 'b', sku: 'BEANS', quantity: 5 })).toMatchObject({
    device: { slots: [{ name: 'a' }, { name: 'b', quantity: 5 }] },
  })
  const remove =
    'mutation ($input: DeviceSlotRemoveInput!) { deviceSlotRemove(input: $input) { device { slots { name } } userErrors { code } } }'
  const answer = () => ask(remove, as(actor, { input: { deviceId: device.id, slot: 'b' } }))
  expect(await answer()).toMatchObject({ data: { deviceSlotRemove: { device: { slots: [{ name: 'a' }] } } } })
  expect(await answer()).toMatchObject({
    data: { deviceSlotRemove: { userErrors: [{ code: 'UNKNOWN_SLOT' }] } },
  })
  const code = async (binding: object) =>
    ((await set(binding)) as { userErrors: [{ code: string }] }).userErrors[0].code
  expect(await code({ slot: 'A b', sku: 'BEANS', quantity: 1 })).toBe('SLOT_NAME_INVALID')
  expect(await code({ slot: 'a', sku: 'MILK', quantity: 1 })).toBe('UNKNOWN_SKU')
  expect(await code({ slot: 'a', sku: 'a\0', quantity: 1 })).toBe('UNKNOWN_SKU')
  expect(await code({ slot: 'a', quantity: 1 })).toBe('VARIANT_OR_SKU_REQUIRED')
  expect(await code({ slot: 'a', sku: 'BEANS', quantity: 0 })).toBe('QUANTITY_INVALID')
  expect(await code({ slot: 'a', variantId: encodeId('variant', newId()), quantity: 1 })).toBe('NOT_FOUND')
})

test('a rotated credential opens, the old one no longer, and a revoked device is done for', async () => {
  const { actor } = await newOwner()
  const { device, credential } = await create(actor)
  const deviceId = decodeId('device', device.id)!
  const opens = async (password: string) => (await authenticateDevice(ctx, { deviceId, password })).ok
  const rotate = `mutation { deviceCredentialRotate(input: { id: "${device.id}" }) { credential userErrors { code } } }`
  const { data } = await ask<{ deviceCredentialRotate: { credential: string } }>(rotate, as(actor))
  expect([await opens(credential!), await opens(data.deviceCredentialRotate.credential)]).toEqual([
    false,
    true,
  ])
  const revoke = `mutation { deviceRevoke(input: { id: "${device.id}" }) { device { status } userErrors { code } } }`
  expect(await ask(revoke, as(actor))).toMatchObject({
    data: { deviceRevoke: { device: { status: 'REVOKED' } } },
  })
  expect(await opens(data.deviceCredentialRotate.credential)).toBe(false)
  expect(await ask(rotate, as(actor))).toMatchObject({
    data: { deviceCredentialRotate: { credential: null, userErrors: [{ code: 'DEVICE_REVOKED' }] } },
  })
})

test('nobody but its owner and staff sees or changes a device, not even the device itself', async () => {
  const [owner, stranger] = [await newOwner(), await newOwner()]
  const device = await createTestDevice(ctx, { ownerId: owner.id, channelId: deviceEu.id })
  const id = encodeId('device', device.id)
  const query = `{ device(id: "${id}") { id } }`
  const change = `mutation { deviceRevoke(input: { id: "${id}" }) { device { id } userErrors { code } } }`
  const other = await createTestDevice(ctx, { ownerId: owner.id, channelId: deviceEu.id })
  for (const actor of [stranger.actor, other.actor]) {
    expect(await ask(query, as(actor))).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] })
    expect(await ask(`{ node(id: "${id}") { id } }`, as(actor))).toEqual({ data: { node: null } })
  }
  expect(await ask(query, as(GUEST))).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  expect(await ask(query, as(staffActor(['orders:read'])))).toMatchObject({
    errors: [{ extensions: { code: 'FORBIDDEN' } }],
  })
  for (const actor of [owner.actor, device.actor, staffActor(['devices:read'])]) {
    expect(await ask(query, as(actor))).toEqual({ data: { device: { id } } })
  }
  expect(await ask(change, as(stranger.actor))).toMatchObject({
    data: { deviceRevoke: { device: null, userErrors: [{ code: 'NOT_FOUND' }] } },
  })
  for (const actor of [device.actor, staffActor(['devices:read'])]) {
    expect(await ask(change, as(actor))).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] })
  }
})

test('a list of devices with all that hangs on them takes a constant number of statements', async () => {
  const { actor, id: ownerId } = await newOwner()
  const slots = [{ name: 'beans', variantId, quantity: 1 }]
  for (let count = 0; count < 3; count += 1) {
    await createTestDevice(ctx, { ownerId, channelId: deviceEu.id, slots, name: `Machine ${count}` })
  }
  const query = `{ devices { totalCount nodes { name owner { name devices { id } } channel { code } readings { name }
    slots { variant { sku } } orders(first: 3) { nodes { number } } notifications(first: 3) { totalCount nodes { title } } } } }`
  const { result, statements } = await recordStatements(() => ask<{ devices: object }>(query, as(actor)))
  expect(result.errors).toBeUndefined()
  expect(result.data.devices).toMatchObject({
    totalCount: 3,
    nodes: [{ name: 'Machine 2' }, { name: 'Machine 1' }, { name: 'Machine 0' }],
  })
  // devices, their count, owners, owners' devices, channels, readings, slots, variants, orders, notifications, their count.
  expect(statements).toHaveLength(11)
})

test('devices are paged newest first and found by a part of their name', async () => {
  const { actor, id: ownerId } = await newOwner()
  for (const name of ['Kitchen 1', 'Kitchen 2', 'Office 100%']) {
    await createTestDevice(ctx, { ownerId, channelId: deviceEu.id, name })
  }
  const names = async (args: string) => {
    const query = `{ devices(${args}) { nodes { name } pageInfo { hasNextPage endCursor } } }`
    const { data } = await ask<{ devices: { nodes: { name: string }[]; pageInfo: { endCursor: string } } }>(
      query,
      as(actor),
    )
    return [data.devices.nodes.map(({ name }) => name), data.devices.pageInfo.endCursor] as const
  }
  const [first, cursor] = await names('first: 2')
  const [second] = await names(`first: 2, after: "${cursor}"`)
  expect([...first, ...second]).toEqual(['Office 100%', 'Kitchen 2', 'Kitchen 1'])
  expect((await names('search: "kitch"'))[0]).toEqual(['Kitchen 2', 'Kitchen 1'])
  expect((await names('search: "0%"'))[0]).toEqual(['Office 100%'])
  expect((await names('search: "10%0"'))[0]).toEqual([])
  expect((await names(String.raw`search: "\u0000"`))[0]).toHaveLength(3)
})

test('the edge checks credentials, and nobody else can', async () => {
  const { id: ownerId } = await newOwner()
  const device = await createTestDevice(ctx, { ownerId, channelId: deviceEu.id })
  const id = encodeId('device', device.id)
  const check = (actor: Actor, password: string) =>
    ask(
      'mutation ($input: DeviceAuthenticateInput!) { deviceAuthenticate(input: $input) { device { id } userErrors { code } } }',
      as(actor, { input: { deviceId: id, password } }),
    )
  const edge = appActor(['edge'])
  expect(await check(edge, device.credential)).toEqual({
    data: { deviceAuthenticate: { device: { id }, userErrors: [] } },
  })
  expect(await check(edge, 'wrong')).toEqual({
    data: { deviceAuthenticate: { device: null, userErrors: [{ code: 'UNAUTHENTICATED' }] } },
  })
  expect(await check(staffActor(['devices:write']), device.credential)).toMatchObject({
    errors: [{ extensions: { code: 'FORBIDDEN' } }],
  })
})

test('the viewer is who is signed in', async () => {
  const { actor, id: ownerId, publicId } = await newOwner()
  const device = await createTestDevice(ctx, { ownerId, channelId: deviceEu.id })
  const query = '{ viewer { __typename ... on Customer { id } ... on Device { id } ... on Staff { id } } }'
  expect(await ask(query, as(actor))).toEqual({ data: { viewer: { __typename: 'Customer', id: publicId } } })
  expect(await ask(query, as(device.actor))).toEqual({
    data: { viewer: { __typename: 'Device', id: encodeId('device', device.id) } },
  })
  for (const nobody of [GUEST, appActor(['edge'])]) {
    expect(await ask(query, as(nobody))).toEqual({ data: { viewer: null } })
  }
})
