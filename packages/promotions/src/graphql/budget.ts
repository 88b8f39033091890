import { builder, MoneyType } from '@hilo/graphql'
import { money } from '@hilo/kernel'
import type { Budget, BudgetAmount } from '../budget.ts'

export const PromotionBudget = builder.objectRef<Budget>('PromotionBudget').implement({
  description: 'What a promotion may take off in all in one currency.',
  fields: (t) => ({
    amount: t.field({
      type: MoneyType,
      resolve: ({ amountMinor, currency }) => money(amountMinor, currency),
    }),
    spent: t.field({
      type: MoneyType,
      description: 'What orders took off that were not cancelled.',
      resolve: ({ spentMinor, currency }) => money(spentMinor, currency),
    }),
  }),
})

interface Entered {
  readonly amountMinor: number
  readonly currency: string
}

/** Budgets out of an input; nothing where nothing was said. */
export const readBudgets = <Absent extends null | undefined>(
  budgets: readonly Entered[] | Absent,
): BudgetAmount[] | Absent =>
  budgets
    ? budgets.map(({ amountMinor, currency }) => ({ amountMinor: BigInt(amountMinor), currency }))
    : (budgets as Absent)
