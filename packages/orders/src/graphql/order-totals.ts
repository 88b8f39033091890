import { builder, MoneyType, refusalError } from '@hilo/graphql'
import { COMMON } from '@hilo/kernel'
import { readableOrders } from '../order-scope.ts'
import { LONGEST_PERIOD_MS, type OrderTotals, orderTotals } from '../order-totals.ts'

const OrderHour = builder.objectRef<OrderTotals['hours'][number]>('OrderHour').implement({
  description: 'An hour in which something was ordered.',
  fields: (t) => ({
    start: t.field({ type: 'DateTime', resolve: ({ start }) => start }),
    count: t.exposeInt('count'),
  }),
})

const OrderTotalsType = builder.objectRef<OrderTotals>('OrderTotals').implement({
  description: 'The orders of a period in numbers.',
  fields: (t) => ({
    count: t.exposeInt('count', { description: 'All of them, cancelled and test orders too.' }),
    revenue: t.field({
      type: [MoneyType],
      description: 'What was sold in each currency, by its code, without cancelled and test orders.',
      resolve: ({ revenue }) => [...revenue],
    }),
    hours: t.field({
      type: [OrderHour],
      description: 'The hours in which something was ordered, counted from `since`, the first one first.',
      resolve: ({ hours }) => [...hours],
    }),
  }),
})

builder.queryField('orderTotals', (t) =>
  t.field({
    type: OrderTotalsType,
    description: 'Counts and adds up the orders that you may see in a period of at most 31 days.',
    authScopes: { permission: 'orders:read' },
    args: {
      since: t.arg({ type: 'DateTime', required: true, description: 'From this moment on.' }),
      until: t.arg({
        type: 'DateTime',
        description: 'Until just before this moment; 31 days later, when not said.',
      }),
      channel: t.arg.string({ description: 'Only in this channel, by its code.' }),
    },
    resolve: (_root, { since, until, channel }, ctx) => {
      const latest = new Date(since.getTime() + LONGEST_PERIOD_MS)
      if (until && until > latest) {
        const reason = {
          en: 'A period has at most 31 days.',
          es: 'Un periodo tiene como máximo 31 días.',
        }
        throw refusalError(COMMON.refuse('INVALID_INPUT', { reason }, ['until']).error, ctx)
      }
      const scope = readableOrders(ctx)
      return orderTotals(ctx.db, { scope, channel: channel ?? undefined, since, until: until ?? latest })
    },
  }),
)
