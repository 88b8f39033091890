import { type EventScope, type Executor, keyset } from '@hilo/db'
import type { CursorKey, Uuid } from '@hilo/kernel'
import type { DeliveryState } from './settle.ts'

/** How telling one endpoint of one event went. */
export interface DeliveryRow {
  readonly id: Uuid
  readonly endpointId: Uuid
  readonly eventId: bigint
  readonly eventType: string
  readonly state: DeliveryState
  readonly attempts: number
  readonly nextAttemptAt: Date | null
  readonly lastAttemptAt: Date | null
  readonly lastStatus: number | null
  readonly lastError: string | null
  readonly lastResponse: string | null
  readonly durationMs: number | null
  readonly createdAt: Date
}

/** Which deliveries. */
export interface DeliveryFilter {
  readonly endpointId?: Uuid | undefined
  readonly state?: DeliveryState | undefined
}

const deliveryRows = (db: Executor<'webhook_delivery'>, { endpointId, state }: DeliveryFilter = {}) =>
  db
    .selectFrom('webhook_delivery')
    .$if(endpointId !== undefined, (query) => query.where('endpoint_id', '=', endpointId!))
    .$if(state !== undefined, (query) => query.where('state', '=', state!))

const selected = (query: ReturnType<typeof deliveryRows>) =>
  query
    .select(['id', 'endpoint_id as endpointId', 'event_id as eventId', 'event_type as eventType', 'attempts'])
    .select(['next_attempt_at as nextAttemptAt', 'last_attempt_at as lastAttemptAt'])
    .select(['last_status as lastStatus', 'last_error as lastError', 'last_response as lastResponse'])
    .select(['duration_ms as durationMs', 'created_at as createdAt'])
    .select((eb) => eb.ref('state').$castTo<DeliveryState>().as('state'))

/** A page of deliveries, the newest first. */
export const deliveryPage = (
  db: Executor<'webhook_delivery'>,
  {
    filter,
    after,
    limit,
  }: {
    readonly filter: DeliveryFilter
    readonly after: CursorKey | undefined
    readonly limit: number
  },
): Promise<DeliveryRow[]> =>
  keyset(selected(deliveryRows(db, filter)), {
    columns: [
      ['created_at', 'desc'],
      ['id', 'desc'],
    ],
    after,
    limit,
  }).execute()

/** The sort key of a delivery. */
export const deliveryKey = ({ createdAt, id }: DeliveryRow): CursorKey => [createdAt.toISOString(), id]

/** How many deliveries fit. */
export const countDeliveries = async (
  db: Executor<'webhook_delivery'>,
  filter: DeliveryFilter,
): Promise<number> => {
  const { count } = await deliveryRows(db, filter)
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The deliveries with these ids, in no particular order. */
export const deliveriesByIds = (
  db: Executor<'webhook_delivery'>,
  ids: readonly Uuid[],
): Promise<DeliveryRow[]> => selected(deliveryRows(db)).where('id', 'in', ids).execute()

/** The events of the log behind some deliveries, to show what was sent. */
export const eventsById = (db: Executor<'event'>, ids: readonly string[]) =>
  db
    .selectFrom('event')
    .select(['id', 'type', 'aggregate_id as aggregateId', 'payload', 'at'])
    .select((eb) => eb.ref('scope').$castTo<EventScope>().as('scope'))
    .where(
      'id',
      'in',
      ids.map((id) => BigInt(id)),
    )
    .execute()
