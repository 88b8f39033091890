import { money } from '@hilo/kernel'
import { builder, MoneyType } from '@hilo/graphql'

/** What is taxed at one rate, minor units. */
export interface TaxSummary {
  readonly ratePpm: number
  readonly net: bigint
  readonly tax: bigint
  readonly currency: string
}

export const TaxSummaryType = builder.objectRef<TaxSummary>('TaxSummary').implement({
  description: 'What is taxed at one rate, delivery included.',
  fields: (t) => ({
    ratePpm: t.exposeInt('ratePpm', { description: 'Parts per million: 210000 is 21 %.' }),
    net: t.field({ type: MoneyType, resolve: ({ net, currency }) => money(net, currency) }),
    tax: t.field({ type: MoneyType, resolve: ({ tax, currency }) => money(tax, currency) }),
  }),
})
