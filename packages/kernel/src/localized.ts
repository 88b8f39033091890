import { LOCALES, type Locale, type Market } from './shop.ts'

/** A text of the shop's own in several languages, by BCP 47 tag in its canonical form: `{ en: …, 'es-MX': … }`. */
export type Localized = Readonly<Record<string, string>>

/** In which languages somebody reads. Every request's context is one. */
export interface Reader {
  /** The language of our own sentences; the shop's texts too, when no others are said. */
  readonly locale: Locale
  /** The languages that the shop's texts are looked for in, the best first: see `languageChain`. */
  readonly languages?: readonly string[] | undefined
}

/** The languages that this reader's texts are looked for in, the best first. */
export const languagesOf = ({ languages, locale }: Reader): readonly string[] =>
  languages && languages.length > 0 ? languages : [locale]

/** The language that this reader's texts are in when everything is translated: a BCP 47 tag. */
export const contentLocale = (reader: Reader): string => languagesOf(reader)[0]!

/** The text in the first of the reader's languages that it has, else in English, else in any; `''` when it is empty. */
export const localize = (text: Localized, reader: Reader): string => {
  for (const language of languagesOf(reader)) if (text[language]) return text[language]
  return text['en'] || Object.values(text).find(Boolean) || ''
}

/** The BCP 47 tag in its canonical form (`ES-mx` → `es-MX`), or nothing for what is none or longer than 35 characters. */
export const canonicalLocale = (tag: string): string | undefined => {
  // RFC 5646 §4.4.1: no tag in use is longer than 35 characters.
  if (tag.length > 35) return undefined
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    return undefined
  }
}

/** The tag and its wider ones by truncation (RFC 4647 §3.4): `zh-Hant-TW` → `zh-Hant-TW`, `zh-Hant`, `zh`. */
export const widening = (tag: string): readonly string[] => {
  const parts = tag.split('-')
  const tags = [tag]
  while (parts.length > 1) {
    parts.pop()
    // A single letter only says what the next part is.
    if (parts.length > 1 && parts.at(-1)!.length === 1) parts.pop()
    tags.push(parts.join('-'))
  }
  return tags
}

/** These languages with their wider ones, each once: `['es-MX', 'en']` → `es-MX`, `es`, `en`. */
export const languageChain = (tags: readonly string[]): readonly string[] => [
  ...new Set(tags.flatMap(widening)),
]

/** The ranges of an `Accept-Language` header (RFC 9110 §12.5.4), the most wanted first. */
const wantedRanges = (header: string | null | undefined): readonly string[] =>
  (header ?? '')
    .slice(0, 256)
    .split(',')
    .map((entry, index) => {
      const [range = '', ...params] = entry.trim().toLowerCase().split(';')
      const quality = Number(
        params
          .find((param) => param.trim().startsWith('q='))
          ?.trim()
          .slice(2) ?? 1,
      )
      return { range: range.trim(), quality: Number.isFinite(quality) ? quality : 0, index }
    })
    .filter(({ quality, range }) => quality > 0 && range !== '')
    .sort((a, b) => b.quality - a.quality || a.index - b.index)
    .map(({ range }) => range)

/** The language that serves a range: by lookup (RFC 4647 §3.4), else one that is narrower, as `pt-BR` for `pt`. */
const serving = (range: string, available: readonly string[]): string | undefined => {
  for (const wider of widening(range)) {
    const match = available.find((tag) => tag.toLowerCase() === wider)
    if (match) return match
  }
  return available.find((tag) => tag.toLowerCase().startsWith(`${range}-`))
}

/** The best of these languages for an `Accept-Language` header, or for a tag alone; nothing when none serves. */
export const negotiateLanguage = (
  header: string | null | undefined,
  available: readonly string[],
): string | undefined => {
  for (const range of wantedRanges(header)) {
    const match = serving(range, available)
    if (match) return match
  }
  return undefined
}

/** The best language of our own sentences for an `Accept-Language` header or a tag, or the fallback. */
export const negotiateLocale = (header: string | null | undefined, fallback: Locale): Locale =>
  (negotiateLanguage(header, LOCALES) as Locale | undefined) ?? fallback

/** Who reads in the market's own language: the shop itself when nobody asked, as in a notification. */
export const marketReader = ({ defaultLocale, languages }: Market): Reader => ({
  locale: negotiateLocale(defaultLocale, 'en'),
  languages: languages ?? languageChain([defaultLocale]),
})

/** Who reads this language in a market: it and its wider ones, then the market's and the shop's. */
export const readerIn = (language: string, market: Market): Reader => {
  const home = marketReader(market)
  return {
    locale: negotiateLocale(language, home.locale),
    languages: languageChain([language, ...languagesOf(home)]),
  }
}
