import { createHash } from 'node:crypto'
import { actorKey, COMMON, type Refusal, type RefusalOf, type Result } from '@hilo/kernel'
import { canonicalHash } from './canonical-json.ts'
import type { Context } from './context.ts'
import type { Executor } from './executor.ts'

/** The refusal of a key that was used for another request. */
export type IdempotencyConflict = RefusalOf<(typeof COMMON)['catalogue'], 'IDEMPOTENCY_CONFLICT'>

/** How long an answer is kept for replays: a day. */
const KEPT_MS = 24 * 60 * 60 * 1_000

/** A request by its key: who asks under which key, and what. */
export interface IdempotentRequest {
  readonly actor: string
  readonly key: string
  readonly operation: string
  readonly hash: Buffer
  readonly now: Date
}

/** A guest without a cart is nobody in particular: only a key that cannot be guessed tells one from another. */
const MIN_GUEST_KEY = 16

const STORABLE = /^[\u0020-\u007e\u00a0-\ud7ff]{1,200}$/

const storable = (key: string): string =>
  STORABLE.test(key) ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`

/** The request as it is kept, or nothing when there is no key, or a guest's that anybody could have sent. */
export const idempotentRequest = (
  ctx: Context,
  {
    operation,
    input,
    idempotencyKey: key,
  }: { operation: string; input: unknown; idempotencyKey?: string | null },
): IdempotentRequest | undefined => {
  if (key === undefined || key === null) return undefined
  const guest = ctx.actor.kind === 'guest'
  if (guest && !ctx.cartTokenHash && key.length < MIN_GUEST_KEY) return undefined
  const actor =
    guest && ctx.cartTokenHash
      ? `guest:${Buffer.from(ctx.cartTokenHash).toString('hex')}`
      : actorKey(ctx.actor)
  return { actor, key: storable(key), operation, hash: canonicalHash([operation, input]), now: ctx.now() }
}

const takeKey = async (
  db: Executor<'idempotency'>,
  request: IdempotentRequest,
  response: string | null,
): Promise<boolean> => {
  const row = {
    actor: request.actor,
    key: request.key,
    operation: request.operation,
    request_hash: request.hash,
    response,
    created_at: request.now,
    expires_at: new Date(request.now.getTime() + KEPT_MS),
  }
  const taken = await db
    .insertInto('idempotency')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['actor', 'key']).doUpdateSet(row).where('idempotency.expires_at', '<=', request.now),
    )
    .returning('key')
    .executeTakeFirst()
  return taken !== undefined
}

/**
 * Takes the key for this transaction, waiting for a running one that has it; true when it is ours to answer. An
 * expired key is as good as new.
 */
export const claimKey = (db: Executor<'idempotency'>, request: IdempotentRequest): Promise<boolean> =>
  takeKey(db, request, null)

/** Keeps the answer of a request that changed nothing; false when somebody else has taken the key meanwhile. */
export const keepAnswer = (
  db: Executor<'idempotency'>,
  request: IdempotentRequest,
  answer: Result<unknown>,
): Promise<boolean> => takeKey(db, request, asJson(answer))

/** What was answered under this key, or the refusal when it was another request. */
export const storedAnswer = async <T, E extends Refusal>(
  db: Executor<'idempotency'>,
  request: IdempotentRequest,
): Promise<Result<T, E | IdempotencyConflict>> => {
  const stored = await db
    .selectFrom('idempotency')
    .select(['request_hash', 'response'])
    .where('actor', '=', request.actor)
    .where('key', '=', request.key)
    .executeTakeFirstOrThrow()
  return request.hash.equals(stored.request_hash)
    ? (stored.response as Result<T, E>)
    : COMMON.refuse('IDEMPOTENCY_CONFLICT', { key: request.key }, ['idempotencyKey'])
}

/** Money in the facts of a refusal is reckoned in bigint; whoever reads it takes text as well. */
const bigintAsText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value

/**
 * The answer as it is kept. Postgres keeps neither NUL nor half a surrogate pair in JSON; a refusal may quote one that
 * somebody sent.
 */
const asJson = (answer: Result<unknown>): string =>
  JSON.stringify(answer, bigintAsText).replaceAll(/\\u(0000|d[89a-f][0-9a-f]{2})/g, String.raw`\ufffd`)

/** Keeps the answer in the transaction that made it. */
export const storeAnswer = async (
  db: Executor<'idempotency'>,
  request: IdempotentRequest,
  answer: Result<unknown>,
): Promise<void> => {
  await db
    .updateTable('idempotency')
    .set({ response: asJson(answer) })
    .where('actor', '=', request.actor)
    .where('key', '=', request.key)
    .execute()
}

/** Forgets answers that have expired, at most `limit` of them; returns how many. */
export const forgetExpiredAnswers = async (
  db: Executor<'idempotency'>,
  { now, limit = 1_000 }: { readonly now: Date; readonly limit?: number },
): Promise<number> => {
  const expired = db
    .selectFrom('idempotency')
    .select(['actor', 'key'])
    .where('expires_at', '<=', now)
    .orderBy('expires_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
  const { numDeletedRows } = await db
    .deleteFrom('idempotency')
    .using(expired.as('expired'))
    .whereRef('idempotency.actor', '=', 'expired.actor')
    .whereRef('idempotency.key', '=', 'expired.key')
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
