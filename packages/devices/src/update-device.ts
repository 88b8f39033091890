import { hashToken, newToken, readName, revokeSessionsOf, Secret } from '@hilo/access'
import type { Context, DB } from '@hilo/db'
import { COMMON, MAX_QUANTITY, ok, type CurrencyCode, type Money, type Result, type Uuid } from '@hilo/kernel'
import type { Updateable } from 'kysely'
import { changeDevice } from './change-device.ts'
import { DEVICES } from './errors.ts'

/** What may change of a policy: what is not said stays, a limit of null allows no purchase at all. */
export interface PolicyChange {
  readonly maxOrder?: Money | null
  readonly maxDay?: Money | null
  readonly maxQuantity?: number | null
  readonly cancelWindowMinutes?: number | null
}

type DeviceColumns = Updateable<DB['device']>

/** 30 days. */
const MAX_WINDOW_MINUTES = 43_200

const readLimit = (
  limit: Money | null | undefined,
  currency: CurrencyCode,
  path: readonly string[],
): Result<bigint | null | undefined> => {
  if (!limit) return ok(limit)
  if (limit.currency !== currency) {
    return COMMON.refuse('WRONG_CURRENCY', { currency: limit.currency, expected: currency }, path)
  }
  return limit.amountMinor < 0n
    ? DEVICES.refuse('POLICY_LIMIT_INVALID', { amountMinor: Number(limit.amountMinor) }, path)
    : ok(limit.amountMinor)
}

/** The columns of a policy change, or why it cannot be. Amounts are in the currency of the device's channel. */
const readPolicy = (policy: PolicyChange, currency: CurrencyCode): Result<DeviceColumns> => {
  const maxOrder = readLimit(policy.maxOrder, currency, ['policy', 'maxOrder'])
  if (!maxOrder.ok) return maxOrder
  const maxDay = readLimit(policy.maxDay, currency, ['policy', 'maxDay'])
  if (!maxDay.ok) return maxDay
  const { maxQuantity: quantity, cancelWindowMinutes: minutes } = policy
  if (typeof quantity === 'number' && (quantity < 1 || quantity > MAX_QUANTITY)) {
    const path = ['policy', 'maxQuantity']
    return COMMON.refuse('QUANTITY_INVALID', { quantity, min: 1, max: MAX_QUANTITY }, path)
  }
  if (typeof minutes === 'number' && (minutes < 0 || minutes > MAX_WINDOW_MINUTES)) {
    const path = ['policy', 'cancelWindowMinutes']
    return DEVICES.refuse('CANCEL_WINDOW_INVALID', { minutes, max: MAX_WINDOW_MINUTES }, path)
  }
  return ok({
    ...(maxOrder.value !== undefined && { max_order_minor: maxOrder.value }),
    ...(maxDay.value !== undefined && { max_day_minor: maxDay.value }),
    ...(typeof quantity === 'number' && { max_quantity: quantity }),
    ...(typeof minutes === 'number' && { cancel_window_minutes: minutes }),
  })
}

/**
 * Changes a device's name, policy or test mode. Refuses with `NAME_INVALID`, `WRONG_CURRENCY`, `POLICY_LIMIT_INVALID`,
 * `QUANTITY_INVALID`, `CANCEL_WINDOW_INVALID` and what `changeDevice` refuses.
 */
export const updateDevice = (
  ctx: Context,
  input: {
    readonly id: Uuid
    readonly ifVersion?: number | null
    readonly name?: string | null
    readonly policy?: PolicyChange | null
    readonly test?: boolean | null
  },
): Promise<Result<{ readonly id: Uuid }>> =>
  changeDevice(ctx, input, async ({ currency }) => {
    const name = input.name === null || input.name === undefined ? undefined : readName(input.name)
    if (name && !name.ok) return name
    const policy = readPolicy(input.policy ?? {}, currency)
    if (!policy.ok) return policy
    return ok({
      ...policy.value,
      ...(name && { name: name.value }),
      ...(typeof input.test === 'boolean' && { test: input.test }),
    })
  })

/** Sets the key a device signs with, 32 bytes as base64url; null takes it away. Refuses with `PUBLIC_KEY_INVALID`. */
export const setPublicKey = (
  ctx: Context,
  { id, publicKey }: { readonly id: Uuid; readonly publicKey: string | null },
): Promise<Result<{ readonly id: Uuid }>> =>
  changeDevice(ctx, { id }, async () => {
    if (publicKey === null) return ok({ public_key: null })
    const key = /^[\w-]{43}$/.test(publicKey) ? Buffer.from(publicKey, 'base64url') : undefined
    return key?.length === 32
      ? ok({ public_key: key })
      : DEVICES.refuse('PUBLIC_KEY_INVALID', {}, ['publicKey'])
  })

/** Revokes a device for ever: its credential, its sessions and its key to the edge stop to work at once. */
export const revokeDevice = (ctx: Context, id: Uuid): Promise<Result<{ readonly id: Uuid }>> =>
  changeDevice(ctx, { id, event: 'DeviceRevoked.v1' }, async () => {
    await revokeSessionsOf(ctx.db, { kind: 'device', subjectId: id, now: ctx.now() })
    return ok({ status: 'REVOKED' })
  })

/** Gives a device a new credential, shown once; the old one and its sessions stop to work at once. */
export const rotateCredential = async (
  ctx: Context,
  id: Uuid,
): Promise<Result<{ readonly id: Uuid; readonly credential: Secret }>> => {
  const credential = newToken('credential')
  const changed = await changeDevice(ctx, { id, event: 'DeviceCredentialRotated.v1' }, async () => {
    await revokeSessionsOf(ctx.db, { kind: 'device', subjectId: id, now: ctx.now() })
    return ok({ credential_hash: hashToken(credential) })
  })
  return changed.ok ? ok({ id, credential: new Secret(credential) }) : changed
}
