import {
  builder,
  connectionType,
  defineMutation,
  defineNode,
  keysetConnection,
  loadOne,
  loadPages,
  readId,
  type RequestContext,
} from '@hilo/graphql'
import { reachOf, type Uuid } from '@hilo/kernel'
import { changeCoupon } from '../change-coupon.ts'
import type { Coupon } from '../promotion.ts'
import { countCoupons, type CouponFilter, couponPages, couponsByIds } from '../coupon-queries.ts'

type PageArgs = Parameters<typeof keysetConnection>[1]['args'] & CouponFilter

const reachedBy = ({ actor }: RequestContext) => reachOf(actor, 'promotions:read')

export const coupon = defineNode('Coupon', (ctx, ids) => couponsByIds(ctx.db, reachedBy(ctx), ids))

builder.node(coupon.ref, {
  ...coupon.options,
  description: 'A code that starts a promotion. Capitals and small letters are different.',
  fields: (t) => ({
    code: t.exposeString('code'),
    usageLimit: t.exposeInt('usageLimit', { nullable: true }),
    perCustomerLimit: t.exposeInt('perCustomerLimit', { nullable: true }),
    expiresAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ expiresAt }) => expiresAt }),
    disabledAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Since when it starts nothing; null while it does.',
      resolve: ({ disabledAt }) => disabledAt,
    }),
    used: t.exposeInt('used', { description: 'Orders, and carts that hold it, when it is limited.' }),
  }),
})

const couponsOf = loadPages<Coupon, CouponFilter>(
  (ctx, { ownerIds, ...page }) => couponPages(ctx.db, { promotionIds: ownerIds, ...page }),
  ({ promotionId }) => promotionId,
)

const countKey = (promotionId: string, where: CouponFilter): string => JSON.stringify([where, promotionId])

/** By a filter and a promotion together; one statement for each filter. */
const couponCountOf = loadOne(
  async (ctx, keys: readonly string[]) => {
    const wanted = Map.groupBy(
      keys.map((key) => JSON.parse(key) as [CouponFilter, Uuid]),
      ([where]) => JSON.stringify(where),
    )
    const counted = [...wanted.values()].map(async (asked) => {
      const where = asked[0]![0]
      const ids = asked.map(([, promotionId]) => promotionId)
      const rows = await countCoupons(ctx.db, ids, where)
      return rows.map(({ promotionId, count }) => ({ key: countKey(promotionId, where), count }))
    })
    return (await Promise.all(counted)).flat()
  },
  ({ key }) => key,
)

export const CouponConnection = connectionType(coupon.ref, 'Coupon')

/** A page of the codes of a promotion. */
export const couponPage = (
  promotionId: string,
  { inBatch, startsWith, ...args }: PageArgs,
  ctx: RequestContext,
) => {
  const where = { inBatch, startsWith }
  return keysetConnection(ctx, {
    args,
    width: 1,
    rows: (page) => couponsOf(ctx, promotionId, { ...page, where }),
    keyOf: ({ code }) => [code],
    count: async () => (await couponCountOf(ctx, countKey(promotionId, where)))?.count ?? 0,
  })
}

defineMutation('couponUpdate', {
  description:
    'Changes a single code; what is left out stays, null takes a limit away. Disabled, it starts nothing from now on.',
  access: { permission: 'promotions:write' },
  input: (t) => ({
    id: t.id({ required: true }),
    usageLimit: t.int(),
    perCustomerLimit: t.int(),
    expiresAt: t.field({ type: 'DateTime' }),
    disabled: t.boolean(),
  }),
  run: async (ctx, input) => {
    const id = readId('coupon', input.id, ['id'])
    return id.ok ? changeCoupon(ctx, { ...input, id: id.value }) : id
  },
  payload: (t) => ({
    coupon: t.field({
      type: coupon.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && coupon.byId(ctx, value.couponId),
    }),
  }),
})
