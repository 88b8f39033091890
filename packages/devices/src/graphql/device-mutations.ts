import { defineMutation, MoneyInput, readId, readMoney, builder, type RequestContext } from '@hilo/graphql'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { createDevice } from '../create-device.ts'
import { removeSlot, setSlot } from '../slots.ts'
import { revokeDevice, rotateCredential, setPublicKey, updateDevice } from '../update-device.ts'
import { device } from './nodes.ts'

/** Their owner, or staff who manage devices; never a device itself. */
const MANAGERS = { customer: true, permission: 'devices:write' } as const

interface Changed {
  readonly id: Uuid
}

type DeviceChange = { readonly value: Changed | undefined }

/** The field `device` of a payload. */
export const changedDevice = {
  type: device.ref,
  nullable: true as const,
  resolve: ({ value }: DeviceChange, _args: object, ctx: RequestContext) =>
    value && device.byId(ctx, value.id),
}

const PolicyInput = builder.inputType('DevicePolicyInput', {
  description:
    'What to change of a policy; what is left out stays. A limit of null allows no purchase at all.',
  fields: (t) => ({
    maxOrder: t.field({ type: MoneyInput, description: "In the currency of the device's channel." }),
    maxDay: t.field({ type: MoneyInput, description: 'For one day (UTC).' }),
    maxQuantity: t.int(),
    cancelWindowMinutes: t.int({ description: 'Up to 43200, which is 30 days.' }),
  }),
})

const optionalId = (
  kind: 'customer' | 'variant',
  text: string | null | undefined,
  path: readonly string[],
): Result<Uuid | undefined> =>
  text === null || text === undefined ? ok(undefined) : readId(kind, text, path)

defineMutation('deviceCreate', {
  description:
    'Registers a device of yours, or as staff of a customer. The credential is shown in this answer only, and not in its replays.',
  access: MANAGERS,
  input: (t) => ({
    typeCode: t.string({ required: true, description: 'One of the codes of deviceTypes.' }),
    name: t.string({ required: true }),
    ownerId: t.id({ description: 'Whose it is; for staff.' }),
    channel: t.string({ required: true, description: 'Code of the channel it buys in.' }),
  }),
  run: async (ctx, { typeCode, name, ownerId, channel }) => {
    const owner = optionalId('customer', ownerId, ['ownerId'])
    return owner.ok ? createDevice(ctx, { typeCode, name, ownerId: owner.value, channel }) : owner
  },
  payload: (t) => ({
    device: t.field(changedDevice),
    credential: t.string({
      nullable: true,
      description: 'What it signs in with, shown once: keep it on the device.',
      resolve: ({ value, replayed }) => (replayed ? null : value?.credential.reveal()),
    }),
  }),
})

defineMutation('deviceUpdate', {
  description: 'Changes the name, the policy or the test mode of a device.',
  access: MANAGERS,
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    name: t.string(),
    policy: t.field({ type: PolicyInput }),
    test: t.boolean(),
  }),
  run: async (ctx, { id, policy, ...input }) => {
    const deviceId = readId('device', id, ['id'])
    if (!deviceId.ok) return deviceId
    const limits = policy && {
      ...policy,
      maxOrder: policy.maxOrder && readMoney(policy.maxOrder),
      maxDay: policy.maxDay && readMoney(policy.maxDay),
    }
    return updateDevice(ctx, { ...input, id: deviceId.value, policy: limits })
  },
  payload: (t) => ({ device: t.field(changedDevice) }),
})

defineMutation('deviceSlotSet', {
  description: 'Binds a slot of a device to a variant, or binds it anew.',
  access: MANAGERS,
  input: (t) => ({
    deviceId: t.id({ required: true }),
    slot: t.string({ required: true, description: '1 to 40 lower-case letters, digits and hyphens.' }),
    variantId: t.id(),
    sku: t.string(),
    quantity: t.int({ required: true }),
  }),
  run: async (ctx, { deviceId, variantId, ...input }) => {
    const id = readId('device', deviceId, ['deviceId'])
    if (!id.ok) return id
    const variant = optionalId('variant', variantId, ['variantId'])
    if (!variant.ok) return variant
    return setSlot(ctx, { ...input, deviceId: id.value, variantId: variant.value })
  },
  payload: (t) => ({ device: t.field(changedDevice) }),
})

defineMutation('deviceSlotRemove', {
  description: 'Takes a slot of a device away.',
  access: MANAGERS,
  input: (t) => ({ deviceId: t.id({ required: true }), slot: t.string({ required: true }) }),
  run: async (ctx, { deviceId, slot }) => {
    const id = readId('device', deviceId, ['deviceId'])
    return id.ok ? removeSlot(ctx, { deviceId: id.value, slot }) : id
  },
  payload: (t) => ({ device: t.field(changedDevice) }),
})

defineMutation('deviceKeySet', {
  description:
    'Sets the key with which a device signs its purchases over a broker that does not prove who sends.',
  access: MANAGERS,
  input: (t) => ({
    id: t.id({ required: true }),
    publicKey: t.string({ description: 'Ed25519, 32 bytes as base64url; null takes the key away.' }),
  }),
  run: async (ctx, { id, publicKey }) => {
    const deviceId = readId('device', id, ['id'])
    return deviceId.ok ? setPublicKey(ctx, { id: deviceId.value, publicKey: publicKey ?? null }) : deviceId
  },
  payload: (t) => ({ device: t.field(changedDevice) }),
})

defineMutation('deviceRevoke', {
  description: 'Revokes a device for ever; it is cut off at once.',
  access: MANAGERS,
  input: (t) => ({ id: t.id({ required: true }) }),
  run: async (ctx, { id }) => {
    const deviceId = readId('device', id, ['id'])
    return deviceId.ok ? revokeDevice(ctx, deviceId.value) : deviceId
  },
  payload: (t) => ({ device: t.field(changedDevice) }),
})

defineMutation('deviceCredentialRotate', {
  description: 'Gives a device a new credential, shown once; the old one stops to work at once.',
  access: MANAGERS,
  input: (t) => ({ id: t.id({ required: true }) }),
  run: async (ctx, { id }) => {
    const deviceId = readId('device', id, ['id'])
    return deviceId.ok ? rotateCredential(ctx, deviceId.value) : deviceId
  },
  payload: (t) => ({
    device: t.field(changedDevice),
    credential: t.string({
      nullable: true,
      resolve: ({ value, replayed }) => (replayed ? null : value?.credential.reveal()),
    }),
  }),
})
