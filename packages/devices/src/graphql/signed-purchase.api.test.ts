import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, newId, type Actor } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { createDeviceShop } from '../testing/device-shop.ts'
import './index.ts'

const { db } = await testDatabase()
const ctx = testContext(db)
const { ownerId, createMachine } = await createDeviceShop(ctx)
const as = (actor: Actor, input: object) => ({ ctx: testContext(db, { actor }), variables: { input } })
const owner = { kind: 'customer', customerId: ownerId } as const
const ts = ctx.now().getTime()

const PURCHASE = `mutation ($input: DevicePurchaseInput!) {
  devicePurchase(input: $input) { status replayed userErrors { code } } }`
const SET_KEY = `mutation ($input: DeviceKeySetInput!) {
  deviceKeySet(input: $input) { device { id } userErrors { code } } }`

const rawKey = (key: KeyObject) => key.export({ format: 'jwk' }).x!

const signedMachine = async () => {
  const machine = await createMachine()
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const id = encodeId('device', machine.id)
  const registered = await ask(SET_KEY, as(owner, { id, publicKey: rawKey(publicKey) }))
  expect(registered).toMatchObject({ data: { deviceKeySet: { device: { id }, userErrors: [] } } })
  return { ...machine, id, privateKey }
}

interface Signing {
  readonly device: string
  readonly key: KeyObject
  readonly rid?: string
  readonly said?: object
}

/** What the edge sends for a request that a device signed. */
const signed = ({ device, key, rid = newId(), said = {} }: Signing) => {
  const topic = `hilo/v1/demo/${device}/command/purchase/request/${rid}`
  const request = JSON.stringify({ v: 1, rid, ts, slot: 'beans', ...said })
  const signature = sign(null, Buffer.from(`${topic}\n${request}`), key).toString('base64url')
  const envelope = { topic, request, signature }
  return { idempotencyKey: rid, slot: 'beans', needsSignature: true, signed: envelope }
}

const buy = async (actor: Actor, input: object) => {
  const { data } = await ask<{
    devicePurchase: { status: string | null; replayed: boolean; userErrors: { code: string }[] }
  }>(PURCHASE, as(actor, input))
  const { status, replayed, userErrors } = data.devicePurchase
  return userErrors[0]?.code ?? (replayed ? `${status} again` : status)
}

test('a purchase that its device signed is placed, and placed once when it is signed anew', async () => {
  const { actor, id, privateKey } = await signedMachine()
  const first = signed({ device: id, key: privateKey })
  expect(await buy(actor, first)).toBe('PLACED')
  const again = signed({
    device: id,
    key: privateKey,
    rid: first.idempotencyKey,
    said: { ts: ts + 5, seq: 2 },
  })
  expect(await buy(actor, again)).toBe('PLACED again')
})

test('a purchase that must be signed and is not is refused', async () => {
  const { actor } = await signedMachine()
  const unsigned = { idempotencyKey: newId(), slot: 'beans', needsSignature: true }
  expect(await buy(actor, unsigned)).toBe('SIGNATURE_REQUIRED')
})

test('a signature holds for this device, this request, this wish and this key only', async () => {
  const { actor, id, privateKey } = await signedMachine()
  const other = await signedMachine()
  const good = signed({ device: id, key: privateKey })
  const wrong = [
    signed({ device: id, key: other.privateKey }),
    signed({ device: other.id, key: privateKey }),
    { ...good, idempotencyKey: newId() },
    { ...good, idempotencyKey: newId(), quantity: 5 },
    { ...signed({ device: id, key: privateKey }), quantity: 5 },
    { ...good, signed: { ...good.signed, request: good.signed.request.replace('beans', 'milk') } },
    { ...good, signed: { ...good.signed, signature: 'AA' } },
    signed({ device: id, key: privateKey, said: { ts: undefined } }),
    signed({ device: id, key: privateKey, said: { slot: undefined, sku: 'X' } }),
  ]
  for (const input of wrong) expect(await buy(actor, input)).toBe('SIGNATURE_INVALID')
})

test('what is wrong with a signature is said in the language of the reader', async () => {
  const { actor, id, privateKey } = await signedMachine()
  const input = { ...signed({ device: id, key: privateKey }), idempotencyKey: newId() }
  const said = async (locale: 'en' | 'es') => {
    const source = `mutation ($input: DevicePurchaseInput!) { devicePurchase(input: $input) {
      userErrors { message ... on SignatureInvalidError { reason } } } }`
    const { ctx, variables } = as(actor, input)
    const { data } = await ask<{ devicePurchase: { userErrors: object[] } }>(source, {
      ctx: { ...ctx, locale },
      variables,
    })
    return data.devicePurchase.userErrors
  }
  expect(await said('en')).toEqual([
    {
      message: 'The signature of this request does not hold: it is for another request.',
      reason: 'it is for another request',
    },
  ])
  expect(await said('es')).toEqual([
    {
      message: 'La firma de esta petición no es válida: es de otra petición.',
      reason: 'es de otra petición',
    },
  ])
})

test('a signed purchase is as old as it says, whatever the edge says', async () => {
  const { actor, id, privateKey } = await signedMachine()
  const old = signed({ device: id, key: privateKey, said: { ts: ts - 25 * 3_600_000 } })
  expect(await buy(actor, { ...old, sentAt: new Date(ts).toISOString() })).toBe('PURCHASE_TOO_OLD')
})

test('a signature of tomorrow is refused: it could be used again when its answer is forgotten', async () => {
  const { actor, id, privateKey } = await signedMachine()
  const signing = (minutes: number) =>
    signed({ device: id, key: privateKey, said: { ts: ts + minutes * 60_000, test: true } })
  expect(await buy(actor, { ...signing(6), test: true })).toBe('SIGNATURE_INVALID')
  expect(await buy(actor, { ...signing(4), test: true })).toBe('TEST_PLACED')
})

test('a signed purchase is done once, also by a clock that is ahead, after a day as before', async () => {
  const { actor, id, privateKey } = await signedMachine()
  const captured = {
    ...signed({ device: id, key: privateKey, said: { ts: ts + 240_000, test: true } }),
    test: true,
  }
  expect(await buy(actor, captured)).toBe('TEST_PLACED')
  const later = (ms: number) => ({
    ctx: testContext(db, { actor, now: () => new Date(ts + ms) }),
    variables: { input: captured },
  })
  const day = 24 * 3_600_000
  for (const ms of [day, day + 1, day + 239_000]) {
    expect(await ask(PURCHASE, later(ms))).toMatchObject({
      data: { devicePurchase: { status: null, userErrors: [{ code: 'PURCHASE_TOO_OLD' }] } },
    })
  }
})

test('a device without a key cannot sign, and only its owner gives it one', async () => {
  const machine = await createMachine()
  const id = encodeId('device', machine.id)
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  expect(await buy(machine.actor, signed({ device: id, key: privateKey }))).toBe('SIGNATURE_INVALID')
  const input = { id, publicKey: rawKey(publicKey) }
  expect(await ask(SET_KEY, as(machine.actor, input))).toHaveProperty('errors')
  const short = await ask(SET_KEY, as(owner, { ...input, publicKey: 'AAAA' }))
  expect(short).toMatchObject({ data: { deviceKeySet: { userErrors: [{ code: 'PUBLIC_KEY_INVALID' }] } } })
})
