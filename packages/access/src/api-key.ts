import { appendEvents, command, type Context, type NewEvent } from '@hilo/db'
import { COMMON, encodeId, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { readPermissions } from './read-permissions.ts'
import { readName } from './name.ts'
import { hashToken, newToken } from './token.ts'

/** A key for a program. */
export interface NewApiKey {
  /** What people recognise it by. */
  readonly name: string
  readonly permissions: readonly string[]
  /** When it stops to work; never, when not said. */
  readonly expiresAt?: Date
}

const keyEvent = (id: Uuid, type: string, payload: NewEvent['payload']): NewEvent => ({
  aggregate: 'api_key',
  aggregateId: id,
  type,
  payload,
  permission: 'settings:write',
})

/** Makes an API key; `key` is shown here once and never again. Refuses with `NAME_INVALID`, `PERMISSION_UNKNOWN`. */
export const createApiKey = async (
  ctx: Context,
  input: NewApiKey,
): Promise<Result<{ readonly id: Uuid; readonly key: string }>> => {
  const name = readName(input.name)
  if (!name.ok) return name
  const permissions = readPermissions(input.permissions)
  if (!permissions.ok) return permissions
  const key = newToken('apiKey')
  const made = await command(ctx, { operation: 'createApiKey', input: null }, async (inner) => {
    const id = newId()
    await inner.db
      .insertInto('api_key')
      .values({
        id,
        name: name.value,
        key_hash: hashToken(key),
        permissions: [...permissions.value],
        created_at: inner.now(),
        expires_at: input.expiresAt ?? null,
      })
      .execute()
    const payload = { name: name.value, permissions: [...permissions.value] }
    await appendEvents(inner, [keyEvent(id, 'ApiKeyCreated.v1', payload)])
    return ok({ id })
  })
  return made.ok ? ok({ id: made.value.id, key }) : made
}

/** Ends an API key at once. Refuses with `NOT_FOUND` when there is none with this id that still works. */
export const revokeApiKey = (ctx: Context, id: Uuid): Promise<Result<{ readonly id: Uuid }>> =>
  command(ctx, { operation: 'revokeApiKey', input: { id } }, async (inner) => {
    const revoked = await inner.db
      .updateTable('api_key')
      .set({ revoked_at: inner.now() })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!revoked) return COMMON.refuse('NOT_FOUND', { kind: 'apiKey', id: encodeId('apiKey', id) })
    await appendEvents(inner, [keyEvent(id, 'ApiKeyRevoked.v1', {})])
    return ok(revoked)
  })
