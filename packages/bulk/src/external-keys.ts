import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'

/** What other systems can have names for. */
export type KeyedKind = 'PRODUCT' | 'VARIANT' | 'CUSTOMER' | 'PROMOTION'

type Db = Executor<'external_key'>

interface Place {
  readonly kind: KeyedKind
  readonly system: string
}

/** Most characters of an external key. */
export const MAX_KEY = 200

/** The ids behind these keys of a system. */
export const idsByKeys = async (
  db: Db,
  { kind, system }: Place,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Uuid>> => {
  if (keys.length === 0) return new Map()
  const rows = await db
    .selectFrom('external_key')
    .select(['key', 'id'])
    .where('kind', '=', kind)
    .where('system', '=', system)
    .where('key', '=', sql<string>`any(${keys}::text[])`)
    .execute()
  return new Map(rows.map(({ key, id }) => [key, id]))
}

/** The keys that a system has for these ids. */
export const keysByIds = async (
  db: Db,
  { kind, system }: Place,
  ids: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, string>> => {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('external_key')
    .select(['key', 'id'])
    .where('kind', '=', kind)
    .where('system', '=', system)
    .where('id', '=', sql<Uuid>`any(${ids}::uuid[])`)
    .execute()
  return new Map(rows.map(({ key, id }) => [id, key]))
}

/** Notes the keys of a system; a thing that had another key has this one now, and a key of what is gone is taken over. */
export const saveKeys = async (
  db: Db,
  { kind, system }: Place,
  named: readonly { readonly key: string; readonly id: Uuid }[],
): Promise<void> => {
  if (named.length === 0) return
  const [keys, ids] = [named.map(({ key }) => key), named.map(({ id }) => id)]
  await sql`
    delete from external_key using unnest(${keys}::text[], ${ids}::uuid[]) as named(key, id)
    where external_key.kind = ${kind} and external_key.system = ${system}
      and external_key.key = named.key and external_key.id <> named.id`.execute(db)
  await sql`
    insert into external_key (kind, system, key, id)
    select ${kind}, ${system}, key, id from unnest(${keys}::text[], ${ids}::uuid[]) as named(key, id)
    on conflict (kind, system, id) do update set key = excluded.key
    where external_key.key <> excluded.key`.execute(db)
}
