import { channelsByIds } from '@hilo/channels'
import type { Context, Executor } from '@hilo/db'
import {
  COMMON,
  encodeId,
  GUEST,
  marketReader,
  mayIn,
  ok,
  type Channel,
  type Permission,
  type Result,
  type Uuid,
} from '@hilo/kernel'
import type { Place, PricingContext } from '@hilo/pricing'
import { checkPlace } from '../check-place.ts'
import { sql } from 'kysely'

/** Somebody who is not there: for whom, from where and when staff want to see what the shop asks. */
export interface Viewer {
  readonly channel: Channel
  /** Absent for a guest. */
  readonly customer?: PricingContext['customer']
  /** The kind of a device type. */
  readonly deviceKind?: string | null
  /** ISO 3166-1 alpha-2 of the delivery. Absent: the market's home country. */
  readonly country?: string | null
  readonly place?: Place | null
  readonly at: Date
  readonly paymentMethod?: string | null
  readonly deliveryMethod?: string | null
}

/** A viewer as staff describe it. */
export interface ViewerRequest extends Omit<Viewer, 'channel' | 'customer' | 'at'> {
  /** Absent: the channel of the request. */
  readonly channelId?: Uuid | null
  readonly customerGroupIds: readonly Uuid[]
  readonly segmentIds: readonly Uuid[]
  readonly loyaltyTier?: string | null
  /** Orders placed before; like a group, a segment and a tier it makes the viewer a customer. */
  readonly orderCount?: number | null
  /** Absent: now. */
  readonly at?: Date | null
}

/** What staff must be allowed in a channel to see what it asks of others. */
export const VIEWING: readonly Permission[] = ['prices:read', 'promotions:read']

/** Refuses `FORBIDDEN` for a channel in which the actor may not read prices and promotions. */
export const checkViewing = (
  { actor }: Pick<Context, 'actor'>,
  channelId: Uuid,
  path: readonly string[],
): Result<void> => {
  const permission = VIEWING.find((one) => !mayIn(actor, one, { channelId }))
  return permission ? COMMON.refuse('FORBIDDEN', { permission }, path) : ok(undefined)
}

interface Membership {
  readonly id: Uuid
  readonly code: string
}

/** Groups and segments by their ids, in one statement. */
export const memberships = async (
  db: Executor<'customer_group' | 'segment'>,
  asked: Pick<ViewerRequest, 'customerGroupIds' | 'segmentIds'>,
): Promise<{ readonly groups: readonly Membership[]; readonly segments: readonly Membership[] }> => {
  if (asked.customerGroupIds.length + asked.segmentIds.length === 0) return { groups: [], segments: [] }
  const { rows } = await sql<Membership & { readonly kind: string }>`
    select 'group' as kind, id, code from customer_group where id = any(${asked.customerGroupIds}::uuid[])
    union all
    select 'segment', id, code from segment where id = any(${asked.segmentIds}::uuid[]) order by 1, 3`.execute(
    db,
  )
  const of = (kind: string) =>
    rows.flatMap((row) => (row.kind === kind ? { id: row.id, code: row.code } : []))
  return { groups: of('group'), segments: of('segment') }
}

/** Stands for the viewer where promotions ask who it is. */
const NOBODY = '00000000-0000-7000-8000-000000000001'

const notFound = (kind: 'channel' | 'customerGroup' | 'segment', id: Uuid, path: readonly string[]) =>
  COMMON.refuse('NOT_FOUND', { kind, id: encodeId(kind, id) }, path)

/** The viewer that staff describe. Refuses `NOT_FOUND`, `PLACE_INVALID`, and `FORBIDDEN` for a channel beyond what they may read. */
export const readViewer = async (
  ctx: Context,
  { channelId, customerGroupIds, segmentIds, loyaltyTier, orderCount, at, ...rest }: ViewerRequest,
): Promise<Result<Viewer>> => {
  const placed = checkPlace(rest.place, ['viewer', 'place'])
  if (!placed.ok) return placed
  const [channel] = channelId ? await channelsByIds(ctx.db, [channelId]) : [ctx.channel]
  if (!channel) return notFound('channel', channelId!, ['viewer', 'channelId'])
  const allowed = checkViewing(ctx, channel.id, ['viewer', 'channelId'])
  if (!allowed.ok) return allowed
  const { groups, segments } = await memberships(ctx.db, { customerGroupIds, segmentIds })
  const strange = (wanted: readonly Uuid[], found: readonly Membership[]) =>
    wanted.find((id) => found.every((one) => one.id !== id))
  const group = strange(customerGroupIds, groups)
  if (group) return notFound('customerGroup', group, ['viewer', 'customerGroupIds'])
  const segment = strange(segmentIds, segments)
  if (segment) return notFound('segment', segment, ['viewer', 'segmentIds'])
  const isCustomer = groups.length + segments.length > 0 || loyaltyTier != null || orderCount != null
  return ok({
    ...rest,
    channel,
    at: at ?? ctx.now(),
    ...(isCustomer && { customer: customerOf({ groups, segments, loyaltyTier, orderCount }) }),
  })
}

/** A customer of whom only this is known. */
export const customerOf = ({
  groups,
  segments,
  loyaltyTier,
  orderCount,
}: Awaited<ReturnType<typeof memberships>> & Pick<ViewerRequest, 'loyaltyTier' | 'orderCount'>): NonNullable<
  Viewer['customer']
> => ({
  id: NOBODY,
  groups,
  segments,
  orderCount: orderCount ?? 0,
  ...(loyaltyTier && { loyaltyTier }),
})

/** The context that the viewer would come with; nothing of the staff who look stays in it. */
export const contextOf = (ctx: Context, { channel, at }: Pick<Viewer, 'channel' | 'at'>): Context => ({
  db: ctx.db,
  correlationId: ctx.correlationId,
  actor: GUEST,
  channel,
  ...marketReader(channel.market),
  now: () => at,
})

/** What prices and promotions look at in the viewer. */
export const askerOf = ({
  customer,
  deviceKind,
}: Pick<Viewer, 'customer' | 'deviceKind'>): Pick<PricingContext, 'customer' | 'device'> => ({
  ...(customer && { customer }),
  ...(deviceKind && { device: { kind: deviceKind } }),
})
