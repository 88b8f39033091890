import { type Executor, keyset } from '@hilo/db'
import type { CursorKey, Reach, Uuid } from '@hilo/kernel'
import type { OfferInput } from '@hilo/pricing'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { readablePromotion } from './promotion-scope.ts'

/** Who is asked about: a customer, a device, or both: a device as its owner's hand. */
export interface OfferOwner {
  readonly customerId?: Uuid | null | undefined
  readonly deviceId?: Uuid | null | undefined
  readonly now: Date
}

/** Offers that one cart can look at, the first to expire first. */
const MOST = 100

const isOwnedBy = ({ customerId, deviceId }: OfferOwner): RawBuilder<SqlBool> =>
  sql`(promotion_offer.customer_id = ${customerId ?? null}::uuid or promotion_offer.device_id = ${deviceId ?? null}::uuid)`

/** SQL: `promotion_offer` was made to them, has begun, and is neither over nor withdrawn. */
export const isOpenFor = (owner: OfferOwner): RawBuilder<SqlBool> => sql`${isOwnedBy(owner)}
  and promotion_offer.withdrawn_at is null and promotion_offer.starts_at <= ${owner.now}::timestamptz
  and promotion_offer.expires_at > ${owner.now}::timestamptz`

/** SQL, for `readTogether`: the offers that are open to whoever asks; nothing for a guest. */
export const openOffers = (owner: OfferOwner): RawBuilder<OfferInput & { readonly id: Uuid }> => sql`
  select promotion_offer.id, promotion_offer.promotion_id as "promotionId", promotion_offer.expires_at as "expiresAt",
    promotion_offer.used >= promotion_offer.usage_limit as "limitReached"
  from promotion_offer where ${isOpenFor(owner)}
  order by promotion_offer.expires_at, promotion_offer.id limit ${sql.lit(MOST)}`

/** An offer of a promotion to one customer or device. */
export interface PromotionOffer {
  readonly id: Uuid
  readonly promotionId: Uuid
  readonly customerId: Uuid | null
  readonly deviceId: Uuid | null
  readonly note: string
  readonly usageLimit: number
  readonly used: number
  readonly startsAt: Date
  readonly expiresAt: Date
  readonly withdrawnAt: Date | null
  readonly createdAt: Date
}

const offerRows = (db: Executor<'promotion_offer'>) =>
  db
    .selectFrom('promotion_offer')
    .select([
      'promotion_offer.id',
      'promotion_offer.promotion_id as promotionId',
      'promotion_offer.customer_id as customerId',
      'promotion_offer.device_id as deviceId',
      'promotion_offer.note',
      'promotion_offer.usage_limit as usageLimit',
      'promotion_offer.used',
      'promotion_offer.starts_at as startsAt',
      'promotion_offer.expires_at as expiresAt',
      'promotion_offer.withdrawn_at as withdrawnAt',
      'promotion_offer.created_at as createdAt',
    ])

/** The offers with these ids: those of the owner, and those of promotions that the reach may read. */
export const offersByIds = (
  db: Executor<'promotion_offer'>,
  { reach, ...owner }: OfferOwner & { readonly reach: Reach },
  ids: readonly Uuid[],
): Promise<PromotionOffer[]> =>
  offerRows(db)
    .where('promotion_offer.id', 'in', ids)
    .where(
      sql<boolean>`(${isOpenFor(owner)} or exists (select from promotion
        where promotion.id = promotion_offer.promotion_id and ${readablePromotion(reach)}))`,
    )
    .execute()

/** What is open to a customer or a device now, the first to expire first; at most 100. */
export const offersOf = (db: Executor<'promotion_offer'>, owner: OfferOwner): Promise<PromotionOffer[]> =>
  offerRows(db)
    .where(sql<boolean>`${isOpenFor(owner)} and promotion_offer.used < promotion_offer.usage_limit`)
    .orderBy('promotion_offer.expires_at')
    .orderBy('promotion_offer.id')
    .limit(MOST)
    .execute()

/** The same page of the offers of several promotions, the newest first, in one statement. */
export const offerPages = (
  db: Executor<'promotion_offer'>,
  {
    promotionIds,
    ...page
  }: {
    readonly promotionIds: readonly Uuid[]
    readonly after: CursorKey | undefined
    readonly limit: number
  },
): Promise<PromotionOffer[]> => {
  const theirs = offerRows(db).where('promotion_offer.promotion_id', '=', sql.ref<string>('owner.id'))
  const found = keyset(theirs, {
    ...page,
    columns: [
      ['promotion_offer.created_at', 'desc'],
      ['promotion_offer.id', 'desc'],
    ],
  })
  return db
    .selectFrom(sql<{ id: Uuid }>`unnest(${promotionIds}::uuid[])`.as<'owner'>(sql`owner (id)`))
    .innerJoinLateral(found.as('page'), (join) => join.onTrue())
    .selectAll('page')
    .execute()
}

/** How many each of several promotions has; one without any is left out. */
export const countOffers = async (
  db: Executor<'promotion_offer'>,
  promotionIds: readonly Uuid[],
): Promise<{ readonly promotionId: Uuid; readonly count: number }[]> => {
  const rows = await db
    .selectFrom('promotion_offer')
    .select((eb) => ['promotion_id as promotionId', eb.fn.countAll<bigint>().as('count')])
    .where('promotion_id', '=', sql<Uuid>`any(${promotionIds}::uuid[])`)
    .groupBy('promotion_id')
    .execute()
  return rows.map(({ promotionId, count }) => ({ promotionId, count: Number(count) }))
}
