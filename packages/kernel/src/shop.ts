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

/** The languages that our own sentences are in: refusals, traces, the admin. */
export const LOCALES = ['en', 'es'] as const

/** A language that our own sentences are in. What the shop writes itself is in its own: see `Localized`. */
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
  /** A BCP 47 tag: the language of whoever asks for none that the shop has. */
  readonly defaultLocale: string
  /** The market's language, then the shop's, each with its wider ones; the market's alone when not said. */
  readonly languages?: readonly string[]
  /** IANA: what weekly windows of promotions are told by. UTC when not said. */
  readonly timeZone?: string
  /** Whether promotions add up, which they do when not said, or the best one for each item counts. */
  readonly stacking?: 'STACK' | 'BEST_DEAL'
  /** Where tax is rounded; per line when not said. */
  readonly taxPer?: 'LINE' | 'UNIT' | 'ORDER'
}

/** Where a request comes from: a channel in its market. */
export interface Channel {
  readonly id: Uuid
  readonly code: string
  readonly kind: ChannelKind
  readonly market: Market
}
