import type { DB, Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import type { Selectable } from 'kysely'
import type { DisabledReason, EndpointRow } from './endpoint.ts'

type Row = Omit<Selectable<DB['webhook_endpoint']>, 'secret' | 'previous_secret'>

const COLUMNS = [
  'id',
  'url',
  'description',
  'event_types',
  'channel_ids',
  'active',
  'disabled_reason',
  'disabled_at',
  'failing_since',
  'previous_secret_until',
  'version',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof Row)[]

const toEndpoint = (row: Row): EndpointRow => ({
  id: row.id,
  url: row.url,
  description: row.description,
  eventTypes: row.event_types,
  channelIds: row.channel_ids,
  active: row.active,
  disabledReason: row.disabled_reason as DisabledReason | null,
  disabledAt: row.disabled_at,
  failingSince: row.failing_since,
  previousSecretUntil: row.previous_secret_until,
  version: row.version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

/** Every endpoint, the newest first; a shop has at most 50. */
export const allEndpoints = async (db: Executor<'webhook_endpoint'>): Promise<EndpointRow[]> =>
  (await db.selectFrom('webhook_endpoint').select(COLUMNS).orderBy('id', 'desc').execute()).map(toEndpoint)

/** The endpoints with these ids, in no particular order. */
export const endpointsByIds = async (
  db: Executor<'webhook_endpoint'>,
  ids: readonly Uuid[],
): Promise<EndpointRow[]> =>
  (await db.selectFrom('webhook_endpoint').select(COLUMNS).where('id', 'in', ids).execute()).map(toEndpoint)

/** An endpoint held for a change, with its sealed secret. */
export const lockEndpoint = async (
  db: Executor<'webhook_endpoint'>,
  id: Uuid,
): Promise<(EndpointRow & { readonly secret: Uint8Array }) | undefined> => {
  const row = await db
    .selectFrom('webhook_endpoint')
    .select([...COLUMNS, 'secret'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row && { ...toEndpoint(row), secret: row.secret }
}
