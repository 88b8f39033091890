import { m } from '#lib/paraglide/messages.js'
import { getLocale, type Locale } from '#lib/paraglide/runtime.js'

/** What a language is called within a sentence: Spanish writes it small. */
export const localeInSentence = (locale: Locale): string =>
  getLocale() === 'es' ? localeName(locale).toLocaleLowerCase('es') : localeName(locale)

/** What a language is called in the language of the page. */
export const localeName = (locale: Locale): string => (locale === 'es' ? m.locale_es() : m.locale_en())
