import { builder, MoneyType } from '@hilo/graphql'
import { encodeId, type Localized, localize, type Money, money, type Uuid } from '@hilo/kernel'
import { PROMOTION_CLASSES, type PromotionClass, type TraceEntry, traceMessage } from '@hilo/pricing'
import { publicFacts } from '../public-facts.ts'

export const PromotionClassEnum = builder.enumType('PromotionClass', {
  description:
    'What a promotion reduces, in the order of evaluation: the unit on the shelf, lines, the order, delivery.',
  values: PROMOTION_CLASSES,
})

/** A part of a reduction; the line's id is public, and null for delivery. */
export interface Allocation {
  readonly lineId: string | null
  readonly amount: Money
}

export const AllocationType = builder.objectRef<Allocation>('Allocation').implement({
  description: 'The part of a reduction that falls on a line.',
  fields: (t) => ({
    lineId: t.id({ nullable: true, description: 'Null for delivery.', resolve: ({ lineId }) => lineId }),
    amount: t.field({ type: MoneyType, resolve: ({ amount }) => amount }),
  }),
})

/** What a promotion did to a cart, an order or a shelf. Amounts in minor units of the currency. */
export interface PromotionApplication {
  readonly promotionId: Uuid
  /** As it is, or as it was written into an order. */
  readonly name: Localized | string
  readonly class: PromotionClass
  readonly couponCode?: string | null
  readonly amount: bigint
  readonly points: number
  readonly allocations: readonly { readonly lineId: string | null; readonly amount: bigint }[]
  readonly currency: string
  /** The public id of a line. */
  readonly lineIdOf: (lineId: string) => string
}

export const PromotionApplicationType = builder
  .objectRef<PromotionApplication>('PromotionApplication')
  .implement({
    description: 'What a promotion took off, and from what: the allocations sum to the amount.',
    fields: (t) => ({
      promotionId: t.id({ resolve: ({ promotionId }) => encodeId('promotion', promotionId) }),
      name: t.string({
        resolve: ({ name }, _args, ctx) => (typeof name === 'string' ? name : localize(name, ctx)),
      }),
      class: t.field({ type: PromotionClassEnum, resolve: (application) => application.class }),
      couponCode: t.string({ nullable: true, resolve: ({ couponCode }) => couponCode ?? null }),
      amount: t.field({ type: MoneyType, resolve: ({ amount, currency }) => money(amount, currency) }),
      points: t.exposeInt('points', { description: 'What the customer earns by it.' }),
      allocations: t.field({
        type: [AllocationType],
        resolve: ({ allocations, currency, lineIdOf }) =>
          allocations.map(({ lineId, amount }) => ({
            lineId: lineId === null ? null : lineIdOf(lineId),
            amount: money(amount, currency),
          })),
      }),
    }),
  })

const TraceOutcomeEnum = builder.enumType('TraceOutcome', { values: ['APPLIED', 'SKIPPED'] as const })

export const PromotionTraceType = builder.objectRef<TraceEntry>('PromotionTrace').implement({
  description: 'Why a promotion did or did not apply.',
  fields: (t) => ({
    promotionId: t.id({ resolve: ({ promotionId }) => encodeId('promotion', promotionId) }),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    outcome: t.field({ type: TraceOutcomeEnum, resolve: ({ outcome }) => outcome }),
    code: t.string({
      description: 'Stable: APPLIED, or why not, such as MIN_SUBTOTAL.',
      resolve: ({ code }) => code,
    }),
    facts: t.field({
      type: 'JSON',
      description: 'What the code is explained with, such as the id of the promotion that is better.',
      resolve: (entry) => publicFacts(entry),
    }),
    message: t.string({
      description: 'For shoppers, such as “12.40 € more for free delivery”.',
      resolve: (entry, _args, { locale }) => traceMessage(entry, locale),
    }),
  }),
})
