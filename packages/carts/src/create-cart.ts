import { randomBytes } from 'node:crypto'
import { hashToken, Secret } from '@hilo/access'
import { appendEvents, type Context, type Executor } from '@hilo/db'
import { COMMON, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { type CartKey, takeCart, touchCart } from './change-cart.ts'
import { cartChanged } from './events.ts'
import type { Line } from './line.ts'
import { mergeLines } from './merge-lines.ts'
import { type LineInput, readLines } from './read-lines.ts'
import { checkRoom } from './set-line.ts'
import { type CartDetails, detailColumns, readDetails } from './update-cart.ts'
import { writeLines } from './write-lines.ts'

/** A cart to begin, with what is known already. */
export interface NewCart extends CartDetails {
  readonly lines?: readonly LineInput[]
}

/** The cart, and for a guest the token that proves it. */
export interface CreatedCart extends CartKey {
  /** Shown once; stored only as a hash. */
  readonly token?: Secret
}

/** A new token of 256 random bits; the prefix tells secret scanners what it opens. */
const newCartToken = (): string => `hg_${randomBytes(32).toString('base64url')}`

/** The id of the customer's active cart in this market, made when there is none; two at once get the same one. */
export const ensureActiveCart = async (
  { db, channel, now }: Context,
  customerId: Uuid,
): Promise<{ readonly cartId: Uuid; readonly created: boolean }> => {
  const at = now()
  const table: Executor<'cart'> = db
  const inserted = await table
    .insertInto('cart')
    .values({
      id: newId(),
      customer_id: customerId,
      channel_id: channel.id,
      market_id: channel.market.id,
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (inserted) return { cartId: inserted.id, created: true }
  const existing = await table
    .selectFrom('cart')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('market_id', '=', channel.market.id)
    .where('status', '=', 'ACTIVE')
    .where('name', 'is', null)
    .executeTakeFirst()
  // Ordered between the two statements: the place is free now.
  return existing
    ? { cartId: existing.id, created: false }
    : ensureActiveCart({ db, channel, now } as Context, customerId)
}

const goOn = async (
  ctx: Context,
  { customerId, lines, details }: { customerId: Uuid; lines: readonly Line[]; details: CartDetails },
): Promise<Result<CreatedCart>> => {
  const { cartId } = await ensureActiveCart(ctx, customerId)
  const cart = await takeCart(ctx, { cartId })
  if (!cart.ok) return cart
  const merged = mergeLines(cart.value.lines, lines)
  const room = checkRoom(cart.value, merged)
  if (!room.ok) return room
  await writeLines(ctx.db, cartId, merged)
  const columns = detailColumns(details)
  const db: Executor<'cart'> = ctx.db
  if (Object.keys(columns).length > 0) {
    await db.updateTable('cart').set(columns).where('id', '=', cartId).execute()
  }
  await touchCart(ctx, cart.value)
  return ok({ cartId })
}

const begin = async (ctx: Context, lines: readonly Line[], details: CartDetails): Promise<CreatedCart> => {
  const cartId = newId()
  const token = newCartToken()
  const tokenHash = hashToken(token)
  const at = ctx.now()
  const db: Executor<'cart'> = ctx.db
  await db
    .insertInto('cart')
    .values({
      id: cartId,
      token_hash: tokenHash,
      channel_id: ctx.channel.id,
      market_id: ctx.channel.market.id,
      created_at: at,
      updated_at: at,
      ...detailColumns(details),
    })
    .execute()
  await writeLines(ctx.db, cartId, lines)
  await appendEvents(ctx, [
    cartChanged({ id: cartId, customerId: null, tokenHash, channelId: ctx.channel.id }, 1),
  ])
  return { cartId, token: new Secret(token) }
}

/**
 * Begins a cart. A guest gets a new one with its token; a customer goes on with the active cart of this market, where
 * lines given here are merged like those of a guest cart. Devices have none.
 */
export const createCart = async (
  ctx: Context,
  { lines: inputs = [], ...given }: NewCart,
): Promise<Result<CreatedCart>> => {
  if (ctx.actor.kind === 'device') return COMMON.refuse('FORBIDDEN', { permission: 'devicePurchase' })
  const details = readDetails(given, ctx.channel.market)
  if (!details.ok) return details
  const lines = await readLines(ctx, inputs, (index) => ['lines', String(index)])
  if (!lines.ok) return lines
  return ctx.actor.kind === 'customer'
    ? goOn(ctx, { customerId: ctx.actor.customerId, lines: lines.value, details: details.value })
    : ok(await begin(ctx, lines.value, details.value))
}
