import { getLocale } from '#lib/paraglide/runtime.js'

/** What a language (BCP 47) is called within a sentence: Spanish writes it small. */
export const localeInSentence = (locale: string): string =>
  new Intl.DisplayNames(getLocale(), { type: 'language' }).of(locale) ?? locale

/** What a language (BCP 47) is called in the language of the page. */
export const localeName = (locale: string): string => {
  const [first = '', ...rest] = localeInSentence(locale)
  return first.toLocaleUpperCase(getLocale()) + rest.join('')
}
