import { formatMoney, type Locale, money } from '@hilo/kernel'
import type { AmountsByCurrency } from './definition.ts'
import type { Noun } from './form-hint.ts'
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
  /** Digits as the language groups and separates them. */
  readonly number: (value: number) => string
  /** The names of what these keys refer to, as a list; '' where nobody would know them. */
  readonly names: (noun: Noun, keys: readonly string[]) => string
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

const numbers: Partial<Record<Locale, Intl.NumberFormat>> = {}

/** "1,500" in English, "1500" in Spanish, "1.5" and "1,5". */
export const numberIn = (value: number, locale: Locale): string =>
  (numbers[locale] ??= new Intl.NumberFormat(locale)).format(value)

const lists = new Map<string, Intl.ListFormat>()

/** "a, b, and c", "a, b y c". */
export const listIn = (
  parts: readonly string[],
  locale: Locale,
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string => {
  const key = `${locale} ${type}`
  const format = lists.get(key) ?? new Intl.ListFormat(locale, { type })
  lists.set(key, format)
  return format.format(parts)
}
