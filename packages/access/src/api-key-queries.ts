import { keyset, type Executor } from '@hilo/db'
import { may, type Actor, type CursorKey, type Permission, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { knownPermissions } from './stored-grants.ts'

/** An API key as the admin shows it: never with its secret. */
export interface ApiKeyRow {
  readonly id: Uuid
  readonly name: string
  readonly permissions: readonly Permission[]
  /** Null is all. */
  readonly channels: readonly Uuid[] | null
  readonly locations: readonly Uuid[] | null
  readonly prefix: string | null
  readonly last4: string | null
  /** `actorKey` of whoever made it. */
  readonly createdBy: string | null
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
  /** Until when the secret before the last rotation works. */
  readonly previousUntil: Date | null
  readonly persistedOnly: boolean
}

/** Keys the actor may see: all with `keys:write`. */
const visible = (db: Executor<'api_key'>, actor: Actor) =>
  db.selectFrom('api_key').$if(!may(actor, 'keys:write'), (query) => query.where(sql.lit(false)))

const keyRows = (db: Executor<'api_key'>, actor: Actor) =>
  visible(db, actor).select([
    'id',
    'name',
    'permissions',
    'channels',
    'locations',
    'prefix',
    'last4',
    'created_by as createdBy',
    'created_at as createdAt',
    'expires_at as expiresAt',
    'last_used_at as lastUsedAt',
    'revoked_at as revokedAt',
    'previous_until as previousUntil',
    'persisted_only as persistedOnly',
  ])

type Row = Awaited<ReturnType<ReturnType<typeof keyRows>['execute']>>[number]

const toKey = (row: Row): ApiKeyRow => ({ ...row, permissions: knownPermissions(row.permissions) })

/** The keys with these ids that the actor may see. */
export const apiKeysByIds = async (
  db: Executor<'api_key'>,
  actor: Actor,
  ids: readonly Uuid[],
): Promise<ApiKeyRow[]> => (await keyRows(db, actor).where('id', 'in', ids).execute()).map(toKey)

/** A page of the keys the actor may see, the newest first, revoked ones too; the key is `[id]`. */
export const apiKeysPage = async (
  db: Executor<'api_key'>,
  actor: Actor,
  { after, limit }: { readonly after: CursorKey | undefined; readonly limit: number },
): Promise<ApiKeyRow[]> =>
  (await keyset(keyRows(db, actor), { columns: [['id', 'desc']], after, limit }).execute()).map(toKey)

/** How many keys the actor may see. */
export const countApiKeys = async (db: Executor<'api_key'>, actor: Actor): Promise<number> => {
  const { count } = await visible(db, actor)
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
