import type { CurrencyCode } from './currency.ts'
import type { Uuid } from './id.ts'

/** The kinds of place where a customer meets the shop. */
export const CHANNEL_KINDS = [
  'WEB',
  'MOBILE_APP',
  'STORE',
  'SOCIAL',
  'MARKETPLACE',
  'CHAT',
  'VOICE',
  'DEVICE',
  'VEHICLE',
] as const

/** A kind of place where a customer meets the shop. */
export type ChannelKind = (typeof CHANNEL_KINDS)[number]

/** The languages that people see texts in. */
export const LOCALES = ['en', 'es'] as const

/** A language that people see texts in. */
export type Locale = (typeof LOCALES)[number]

/** The market of a request: its money, tax mode and home country. */
export interface Market {
  readonly id: Uuid
  readonly code: string
  readonly currency: CurrencyCode
  /** True when prices are entered and shown with tax. */
  readonly pricesIncludeTax: boolean
  /** ISO 3166-1 alpha-2; the first is home, used when the delivery country is not known yet. */
  readonly countries: readonly string[]
  readonly defaultLocale: Locale
}

/** Where a request comes from: a channel in its market. */
export interface Channel {
  readonly id: Uuid
  readonly code: string
  readonly kind: ChannelKind
  readonly market: Market
}

/** A text in several languages; `en` is always there. */
export type Localized = { readonly [L in Locale]?: string }

/** The text in the locale asked for, or in English, or in any language it has. */
export const localize = (text: Localized, locale: Locale): string =>
  text[locale] ?? text.en ?? Object.values(text)[0] ?? ''

/** The best of our languages for an `Accept-Language` header (RFC 9110 §12.5.4), or the fallback. */
export const negotiateLocale = (header: string | null | undefined, fallback: Locale): Locale => {
  const wanted = (header ?? '')
    .slice(0, 256)
    .split(',')
    .map((entry, index) => {
      const [tag = '', ...params] = entry.trim().toLowerCase().split(';')
      const quality = Number(
        params
          .find((param) => param.trim().startsWith('q='))
          ?.trim()
          .slice(2) ?? 1,
      )
      return { language: tag.split('-')[0], quality: Number.isFinite(quality) ? quality : 0, index }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.index - b.index)
  for (const { language } of wanted) {
    const match = LOCALES.find((locale) => locale === language)
    if (match) return match
  }
  return fallback
}
