import { exponentOf, formatMoney, money, toDecimal, type Localized, type Money } from '@hilo/kernel'
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
      resolve: (m, _args, { locale }) => formatMoney(m, locale),
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

/** A text in every language, for those who edit it. */
export const LocalizedText = builder.objectRef<Localized>('LocalizedText').implement({
  description: 'A text in every language it has, for editing. Readers use the plain field beside it.',
  fields: (t) => ({
    en: t.string({ nullable: true, resolve: (text) => text.en ?? null }),
    es: t.string({ nullable: true, resolve: (text) => text.es ?? null }),
  }),
})

/** A text entered in every language. */
export const LocalizedInput = builder.inputType('LocalizedInput', {
  description: 'A text in English, which all others fall back to, and in other languages.',
  fields: (t) => ({ en: t.string({ required: true }), es: t.string() }),
})

/** The kernel's localized text of an input, without the languages left out. */
export const readLocalized = (input: { en: string; es?: string | null }): Localized => ({
  en: input.en,
  ...(input.es ? { es: input.es } : {}),
})
