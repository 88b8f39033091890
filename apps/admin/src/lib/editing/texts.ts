/** A text in the two languages that the fields have. */
export type Texts = { en: string; es: string }

interface SavedTexts {
  readonly en: string | null
  readonly es: string | null
  readonly translations: readonly { readonly locale: string; readonly text: string }[]
}

/** What the fields show of a text. */
export const textsOf = ({ en, es }: Pick<SavedTexts, 'en' | 'es'>): Texts => ({ en: en ?? '', es: es ?? '' })

/** What to send for a text: what was typed, and its other languages as they are saved. */
export const textInput = (typed: Texts, saved?: SavedTexts) => ({
  en: typed.en.trim() || null,
  es: typed.es.trim() || null,
  others: (saved?.translations ?? [])
    .filter(({ locale }) => locale !== 'en' && locale !== 'es')
    .map(({ locale, text }) => ({ locale, text })),
})
