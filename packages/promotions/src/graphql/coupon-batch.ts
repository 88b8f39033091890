import {
  builder,
  connectionType,
  defineMutation,
  defineNode,
  keysetConnection,
  loadOne,
  loadPages,
  type Payload,
  readId,
  type RequestContext,
} from '@hilo/graphql'
import { encodeId, reachOf } from '@hilo/kernel'
import { countCouponBatches, couponBatchesByIds, couponBatchPages } from '../coupon-batch-queries.ts'
import { COUPON_ALPHABETS, type CouponAlphabet } from '../coupon-pattern.ts'
import { type CouponBatchKey, requestCoupons, setBatchDisabled } from '../request-coupons.ts'

export const couponBatch = defineNode('CouponBatch', (ctx, ids) =>
  couponBatchesByIds(ctx.db, reachOf(ctx.actor, 'promotions:read'), ids),
)

const CouponAlphabetEnum = builder.enumType('CouponAlphabet', {
  description: 'MIXED: capitals and digits without those that look alike. DIGITS: for keypads.',
  values: Object.keys(COUPON_ALPHABETS) as readonly CouponAlphabet[],
})

builder.node(couponBatch.ref, {
  ...couponBatch.options,
  description: 'Codes made together in the background: `made` of `count` are there.',
  fields: (t) => ({
    name: t.exposeString('name'),
    prefix: t.exposeString('prefix'),
    pattern: t.exposeString('pattern', { description: 'Each # is a random sign.' }),
    alphabet: t.field({ type: CouponAlphabetEnum, resolve: ({ alphabet }) => alphabet }),
    count: t.exposeInt('count'),
    made: t.exposeInt('made'),
    usageLimit: t.exposeInt('usageLimit', { nullable: true, description: 'Of each code.' }),
    perCustomerLimit: t.exposeInt('perCustomerLimit', { nullable: true, description: 'Of each code.' }),
    expiresAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ expiresAt }) => expiresAt }),
    disabledAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ disabledAt }) => disabledAt }),
    createdAt: t.field({ type: 'DateTime', resolve: ({ createdAt }) => createdAt }),
    finishedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Null while codes are being made.',
      resolve: ({ finishedAt }) => finishedAt,
    }),
    exportPath: t.string({
      description: 'The codes as CSV, with the same credentials, below the address of this API.',
      resolve: ({ id }) => `/graphql/coupon-batches/${encodeId('couponBatch', id)}.csv`,
    }),
  }),
})

const batchesOf = loadPages(
  (ctx, { ownerIds, ...page }) => couponBatchPages(ctx.db, { promotionIds: ownerIds, ...page }),
  ({ promotionId }) => promotionId,
)

const batchCountOf = loadOne(
  (ctx, ids) => countCouponBatches(ctx.db, ids),
  ({ promotionId }) => promotionId,
)

export const CouponBatchConnection = connectionType(couponBatch.ref, 'CouponBatch')

/** A page of the batches of a promotion. */
export const couponBatchPage = (
  promotionId: string,
  args: Parameters<typeof keysetConnection>[1]['args'],
  ctx: RequestContext,
) =>
  keysetConnection(ctx, {
    args,
    width: 2,
    rows: (page) => batchesOf(ctx, promotionId, page),
    keyOf: ({ createdAt, id }) => [createdAt.toISOString(), id],
    count: async () => (await batchCountOf(ctx, promotionId))?.count ?? 0,
  })

const access = { permission: 'promotions:write' } as const

const batchField = {
  type: couponBatch.ref,
  nullable: true,
  resolve: ({ value }: Payload<CouponBatchKey>, _args: object, ctx: RequestContext) =>
    value && couponBatch.byId(ctx, value.batchId),
} as const

defineMutation('couponsGenerate', {
  description:
    'Makes up to 1,000,000 codes in the background that nobody can guess, for a promotion whose trigger is COUPON. Refuses COUPON_BATCH_INVALID, COUPON_PATTERN_TOO_SHORT, TOO_MANY_CODES, LIMIT_INVALID.',
  access,
  input: (t) => ({
    promotionId: t.id({ required: true }),
    count: t.int({ required: true }),
    name: t.string({ description: 'For staff, such as the campaign.' }),
    prefix: t.string({ description: 'What every code begins with, such as SUMMER-.' }),
    pattern: t.string({ description: 'Each # becomes a random sign; default ####-####-####.' }),
    alphabet: t.field({ type: CouponAlphabetEnum, description: 'Default MIXED.' }),
    usageLimit: t.int({ description: 'Of each code: default 1, null for any number.' }),
    perCustomerLimit: t.int({ description: 'Of each code.' }),
    expiresAt: t.field({ type: 'DateTime' }),
  }),
  run: async (ctx, input) => {
    const promotionId = readId('promotion', input.promotionId, ['promotionId'])
    return promotionId.ok ? requestCoupons(ctx, { ...input, promotionId: promotionId.value }) : promotionId
  },
  payload: (t) => ({ batch: t.field(batchField) }),
})

defineMutation('couponBatchUpdate', {
  description: 'Switches all codes of a batch off, or on again; one that is not complete waits meanwhile.',
  access,
  input: (t) => ({ id: t.id({ required: true }), disabled: t.boolean({ required: true }) }),
  run: async (ctx, { id: publicId, disabled }) => {
    const id = readId('couponBatch', publicId, ['id'])
    return id.ok ? setBatchDisabled(ctx, { id: id.value, disabled }) : id
  },
  payload: (t) => ({ batch: t.field(batchField) }),
})
