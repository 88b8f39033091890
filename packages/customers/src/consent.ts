import { appendEvents, type Context, type Executor } from '@hilo/db'
import { ok, type Result, type Uuid } from '@hilo/kernel'

/** What a customer can allow. */
export const CONSENT_PURPOSES = ['DEVICE_PURCHASE', 'MARKETING'] as const

/** Something a customer can allow. */
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number]

/** What a customer said last about a purpose. */
export interface ConsentRow {
  readonly customerId: Uuid
  readonly purpose: ConsentPurpose
  readonly given: boolean
  /** When they said it. */
  readonly at: Date
}

/** What these customers have said, by purpose; nothing said is nothing given. */
export const consentsOf = async (
  db: Executor<'consent'>,
  customerIds: readonly Uuid[],
): Promise<ConsentRow[]> => {
  const rows = await db
    .selectFrom('consent')
    .selectAll()
    .where('customer_id', 'in', customerIds)
    .orderBy('purpose')
    .execute()
  return rows.map((row) => ({
    customerId: row.customer_id,
    purpose: row.purpose as ConsentPurpose,
    given: row.withdrawn_at === null,
    at: row.withdrawn_at ?? row.given_at,
  }))
}

const saveConsent = async (
  { db, now }: Context,
  customerId: Uuid,
  { purpose, given }: { readonly purpose: ConsentPurpose; readonly given: boolean },
): Promise<boolean> => {
  if (!given) {
    const { numUpdatedRows } = await db
      .updateTable('consent')
      .set({ withdrawn_at: now() })
      .where('customer_id', '=', customerId)
      .where('purpose', '=', purpose)
      .where('withdrawn_at', 'is', null)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('consent')
    .values({ customer_id: customerId, purpose, given_at: now() })
    .onConflict((conflict) =>
      conflict
        .columns(['customer_id', 'purpose'])
        .doUpdateSet({ given_at: now(), withdrawn_at: null })
        .where('consent.withdrawn_at', 'is not', null),
    )
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Gives or withdraws a consent of a customer; saying the same again changes nothing, not even its date. */
export const setConsent = async (
  ctx: Context,
  customerId: Uuid,
  consent: { readonly purpose: ConsentPurpose; readonly given: boolean },
): Promise<Result<{ readonly customerId: Uuid }>> => {
  if (await saveConsent(ctx, customerId, consent)) {
    await appendEvents(ctx, [
      {
        aggregate: 'customer',
        aggregateId: customerId,
        type: 'ConsentChanged.v1',
        payload: { purpose: consent.purpose, given: consent.given },
        scope: { customer: customerId },
        permission: 'customers:read',
      },
    ])
  }
  return ok({ customerId })
}
