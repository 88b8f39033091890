import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import type { FieldErrors } from '#lib/api/refusal.ts'

/** What to ask of a text that is edited: all its languages, since saving replaces them all. */
export const TextsFields = graphql(`
  fragment TextsFields on LocalizedText {
    translations {
      locale
      text
    }
  }
`)

/** A text while it is edited, by language (BCP 47); a language that it is not in is not there. */
export type Texts = Record<string, string>

/** What the fields begin with: every language of the text, also those that the shop no longer writes in. */
export const textsOf = ({ translations }: ResultOf<typeof TextsFields>): Texts =>
  Object.fromEntries(translations.map(({ locale, text }) => [locale, text]))

/** What to send for a text: what is typed in each language, and nothing for those left empty. */
export const textInput = (texts: Texts) => {
  const { en = '', es = '', ...others } = texts
  return {
    en: en.trim() || null,
    es: es.trim() || null,
    others: Object.entries(others).flatMap(([locale, text]) =>
      text.trim() ? [{ locale, text: text.trim() }] : [],
    ),
  }
}

/** The text with another one in a language; an empty one takes the language away. */
export const withText = (texts: Texts, locale: string, text: string): Texts => {
  const { [locale]: _, ...others } = texts
  return text ? { ...others, [locale]: text } : others
}

/** True when it says something in any language. */
export const hasText = (texts: Texts): boolean => Object.values(texts).some((text) => text.trim() !== '')

/** The text in the first of these languages that it is in, else in any; empty when it is in none. */
export const textIn = (texts: Texts, languages: readonly string[]): string =>
  languages.map((locale) => texts[locale]?.trim()).find(Boolean) ??
  Object.values(texts).find((text) => text.trim()) ??
  ''

/** The languages of the shop that a text is not in, when it is in another. */
export const missingIn = (texts: Texts, languages: readonly string[]): readonly string[] =>
  hasText(texts) ? languages.filter((locale) => !texts[locale]?.trim()) : []

/**
 * What is wrong with a text in one of these languages. What is about the text as a whole, or about a language without a
 * field of its own, stands at the first.
 */
export const textError = (
  errors: FieldErrors,
  field: string,
  { locale, languages }: { readonly locale: string; readonly languages: readonly string[] },
): string | undefined => {
  const own = errors[`${field}.${locale}`]
  if (own || locale !== languages[0]) return own
  const shown = new Set(languages.map((language) => `${field}.${language}`))
  return (
    errors[field] ??
    Object.entries(errors).find(([name]) => name.startsWith(`${field}.`) && !shown.has(name))?.[1]
  )
}

/** The languages in which one of these texts has something wrong. */
export const wrongIn = (
  errors: FieldErrors,
  fields: readonly string[],
  languages: readonly string[],
): readonly string[] =>
  languages.filter((locale) => fields.some((field) => textError(errors, field, { locale, languages })))
