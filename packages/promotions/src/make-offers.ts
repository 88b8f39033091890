import { appendEvents, type Context } from '@hilo/db'
import { actorKey, COMMON, encodeId, newId, ok, type Result, storable, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { PROMOTION_REFUSALS } from './errors.ts'
import { offerEvent } from './events.ts'
import { lockPromotion } from './lock-promotion.ts'

/** Customers or devices that one request makes an offer to at most. */
const MAX_OFFERS = 1_000
const MAX_NOTE = 500
const MAX_USES = 1_000

/** A promotion, offered to some customers or devices until it expires. */
export interface NewOffers {
  readonly promotionId: Uuid
  readonly customerIds?: readonly Uuid[] | null
  readonly deviceIds?: readonly Uuid[] | null
  /** Uses of each; default 1. */
  readonly usageLimit?: number | null
  readonly startsAt?: Date | null
  readonly expiresAt: Date
  /** For staff. */
  readonly note?: string | null
}

const invalid = (field: string, en: string, es: string): Result<never> =>
  PROMOTION_REFUSALS.refuse('OFFER_INVALID', { reason: { en, es } }, [field])

const countOwners = ({ customerIds, deviceIds }: NewOffers): number =>
  (customerIds?.length ?? 0) + (deviceIds?.length ?? 0)

const checkTerms = (ctx: Context, input: NewOffers): Result<null> => {
  const { usageLimit, startsAt, expiresAt, note } = input
  if (countOwners(input) === 0) {
    const es = 'Una oferta necesita un cliente o un dispositivo.'
    return invalid('customerIds', 'An offer needs a customer or a device.', es)
  }
  const now = ctx.now()
  if (expiresAt <= (startsAt && startsAt > now ? startsAt : now))
    return invalid('expiresAt', 'It would be over before it begins.', 'Terminaría antes de empezar.')
  if (usageLimit != null && (usageLimit < 1 || usageLimit > MAX_USES)) {
    return PROMOTION_REFUSALS.refuse('LIMIT_INVALID', { limit: usageLimit, min: 1, max: MAX_USES }, [
      'usageLimit',
    ])
  }
  return (note ?? '').length > MAX_NOTE
    ? invalid(
        'note',
        `A note has at most ${MAX_NOTE} characters.`,
        `Una nota tiene como mucho ${MAX_NOTE} caracteres.`,
      )
    : ok(null)
}

/** The first of these ids that is not there. */
const firstMissing = async (
  ctx: Context,
  table: 'customer' | 'device',
  ids: readonly Uuid[],
): Promise<Uuid | undefined> => {
  const { rows } = await sql<{ id: Uuid }>`
    select asked.id from unnest(${ids}::uuid[]) as asked (id)
    where not exists (select from ${sql.table(table)} as found where found.id = asked.id) limit 1`.execute(
    ctx.db,
  )
  return rows[0]?.id
}

/** Refuses a customer or a device that is not there. */
const checkOwners = async (ctx: Context, input: NewOffers): Promise<Result<null>> => {
  if (countOwners(input) > MAX_OFFERS) {
    const es = `Una petición hace como mucho ${MAX_OFFERS} ofertas.`
    return invalid('customerIds', `A request makes at most ${MAX_OFFERS} offers.`, es)
  }
  for (const [table, kind] of [
    ['customer', 'customerIds'],
    ['device', 'deviceIds'],
  ] as const) {
    const missing = await firstMissing(ctx, table, input[kind] ?? [])
    if (missing) return COMMON.refuse('NOT_FOUND', { kind: table, id: encodeId(table, missing) }, [kind])
  }
  return ok(null)
}

/**
 * Offers a promotion whose trigger is OFFER to customers and devices: only they ever hear of it. Refuses `NOT_FOUND`,
 * `FORBIDDEN`, `PROMOTION_ARCHIVED`, `OFFER_INVALID`, `LIMIT_INVALID`.
 */
export const makeOffers = async (
  ctx: Context,
  input: NewOffers,
): Promise<Result<{ readonly promotionId: Uuid; readonly offerIds: readonly Uuid[] }>> => {
  const promotion = await lockPromotion(ctx, { id: input.promotionId })
  if (!promotion.ok) {
    const { error } = promotion
    return { ok: false, error: { ...error, path: error.path[0] === 'id' ? ['promotionId'] : error.path } }
  }
  const owned = await checkOwners(ctx, input)
  if (!owned.ok) return owned
  const { trigger } = promotion.value.definition as { readonly trigger: string }
  if (trigger !== 'OFFER') {
    const es = 'Esta promoción no empieza con una oferta.'
    return invalid('promotionId', 'The trigger of this promotion is not OFFER.', es)
  }
  const terms = checkTerms(ctx, input)
  if (!terms.ok) return terms
  const owners = [
    ...(input.customerIds ?? []).map((customerId) => ({ customerId, deviceId: null })),
    ...(input.deviceIds ?? []).map((deviceId) => ({ customerId: null, deviceId })),
  ]
  const rows = owners.map(({ customerId, deviceId }) => ({
    id: newId(),
    promotion_id: input.promotionId,
    customer_id: customerId,
    device_id: deviceId,
    note: storable(input.note ?? ''),
    usage_limit: input.usageLimit ?? 1,
    starts_at: input.startsAt ?? ctx.now(),
    expires_at: input.expiresAt,
    created_at: ctx.now(),
    actor: actorKey(ctx.actor),
  }))
  await ctx.db.insertInto('promotion_offer').values(rows).execute()
  await appendEvents(
    ctx,
    rows.map(({ id, promotion_id, customer_id, device_id }) =>
      offerEvent('PromotionOfferMade.v1', {
        offerId: id,
        promotionId: promotion_id,
        customerId: customer_id,
        deviceId: device_id,
      }),
    ),
  )
  return ok({ promotionId: input.promotionId, offerIds: rows.map(({ id }) => id) })
}

/** Takes an offer back: it starts nothing from now on. Refuses `NOT_FOUND`, `FORBIDDEN`. */
export const withdrawOffer = async (
  ctx: Context,
  { id }: { readonly id: Uuid },
): Promise<Result<{ readonly offerId: Uuid }>> => {
  const missing = COMMON.refuse('NOT_FOUND', { kind: 'promotionOffer', id: encodeId('promotionOffer', id) }, [
    'id',
  ])
  const found = await ctx.db
    .selectFrom('promotion_offer')
    .select('promotion_id')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) return missing
  const promotion = await lockPromotion(ctx, { id: found.promotion_id })
  if (!promotion.ok) return promotion.error.code === 'NOT_FOUND' ? missing : promotion
  const row = await ctx.db
    .updateTable('promotion_offer')
    .set({ withdrawn_at: ctx.now() })
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .returning(['promotion_id', 'customer_id', 'device_id'])
    .executeTakeFirst()
  if (!row) return ok({ offerId: id })
  const { promotion_id: promotionId, customer_id: customerId, device_id: deviceId } = row
  await appendEvents(ctx, [
    offerEvent('PromotionOfferWithdrawn.v1', { offerId: id, promotionId, customerId, deviceId }),
  ])
  return ok({ offerId: id })
}
