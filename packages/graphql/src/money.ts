import { contentLocale, exponentOf, formatMoney, money, toDecimal, type Money } from '@hilo/kernel'
import { builder } from './builder.ts'

/** An amount as the API shows it. Its parent value is the kernel's `Money`. */
export const MoneyType = builder.objectType('Money', {
  description: 'An amount in whole minor units of one currency. Never divide: `decimal` has the digits.',
  fields: (t) => ({
    amountMinor: t.field({
      type: 'SafeInt',
      description: 'Cents for EUR, yen for JPY.',
      resolve: (m) => m.amountMinor,
    }),
    currency: t.field({ type: 'CurrencyCode', resolve: (m) => m.currency }),
    exponent: t.int({
      description: 'Decimal digits of the currency (ISO 4217).',
      resolve: (m) => exponentOf(m.currency),
    }),
    decimal: t.string({ description: 'Plain decimal text, such as 12.50.', resolve: toDecimal }),
    formatted: t.string({
      description: 'As people write it in the locale of the request, such as 12,50 €.',
      resolve: (m, _args, ctx) => formatMoney(m, contentLocale(ctx)),
    }),
  }),
})

/** Money entered by a client. */
export const MoneyInput = builder.inputType('MoneyInput', {
  description: 'An amount in whole minor units: 12.50 € is {amountMinor: 1250, currency: "EUR"}.',
  fields: (t) => ({
    amountMinor: t.field({ type: 'SafeInt', required: true }),
    currency: t.field({ type: 'CurrencyCode', required: true }),
  }),
})

/** The kernel's money of a validated input. */
export const readMoney = (input: { amountMinor: number; currency: string }): Money =>
  money(BigInt(input.amountMinor), input.currency)
