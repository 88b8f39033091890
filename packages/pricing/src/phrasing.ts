import { formatMoney, type Locale, money } from '@hilo/kernel'
import type { AmountsByCurrency } from './definition.ts'
import type { ItemPredicate } from './item-predicate.ts'
import type { MoneyFact } from './trace.ts'

/** How numbers and names are written in one language, for the sentences of conditions and effects. */
export interface Phrasing {
  readonly locale: Locale
  /** 107500 → "10.75 %". */
  readonly percent: (ratePpm: number) => string
  /** The amount in the currency of the moment, or in every currency: "5.00 € / $5.50". */
  readonly amounts: (amounts: AmountsByCurrency) => string
  readonly money: (fact: MoneyFact) => string
  /** The names of what a predicate matches. */
  readonly items: (predicate: ItemPredicate) => string
  /** The names of the promotion's own items; absent when it has none, or they do not matter here. */
  readonly eligible: string | undefined
}

/** One of the texts, by language. */
export const inLocale = (say: Pick<Phrasing, 'locale'>, texts: Readonly<Record<Locale, string>>): string =>
  texts[say.locale]

/** "10.75 %" in English, "10,75 %" in Spanish; exact, whatever the digits. */
export const percentIn = (ratePpm: number, locale: Locale): string => {
  const whole = Math.trunc(ratePpm / 10_000)
  const fraction = String(ratePpm % 10_000)
    .padStart(4, '0')
    .replace(/0+$/, '')
  return `${whole}${fraction && (locale === 'es' ? ',' : '.') + fraction} %`
}

/** The amount of a fact as people of the locale write it. */
export const moneyIn = ({ amountMinor, currency }: MoneyFact, locale: Locale): string =>
  formatMoney(money(BigInt(amountMinor), currency), locale)
