import type { Localized } from '@hilo/kernel'
import { builder } from './builder.ts'

const Translation = builder
  .objectRef<{ readonly locale: string; readonly text: string }>('Translation')
  .implement({
    description: 'A text in one language.',
    fields: (t) => ({
      locale: t.field({ type: 'LanguageTag', resolve: ({ locale }) => locale }),
      text: t.exposeString('text'),
    }),
  })

/** A text in every language, for those who edit it. */
export const LocalizedText = builder.objectRef<Localized>('LocalizedText').implement({
  description: 'A text in every language it has, for editing. Readers use the plain field beside it.',
  fields: (t) => ({
    en: t.string({ nullable: true, resolve: (text) => text['en'] ?? null }),
    es: t.string({ nullable: true, resolve: (text) => text['es'] ?? null }),
    text: t.string({
      nullable: true,
      description: 'In this language alone, without fallback.',
      args: { locale: t.arg({ type: 'LanguageTag', required: true }) },
      resolve: (text, { locale }) => text[locale] ?? null,
    }),
    translations: t.field({
      type: [Translation],
      description: 'Every language that the text is in, English and Spanish too, by tag.',
      resolve: (text) =>
        Object.entries(text)
          .map(([locale, each]) => ({ locale, text: each }))
          .toSorted((a, b) => (a.locale < b.locale ? -1 : 1)),
    }),
  }),
})

const TranslationInput = builder.inputType('TranslationInput', {
  description: 'A text in one language; an empty one takes the language away.',
  fields: (t) => ({
    locale: t.field({ type: 'LanguageTag', required: true }),
    text: t.string({ required: true }),
  }),
})

/** A text entered in every language. */
export const LocalizedInput = builder.inputType('LocalizedInput', {
  description:
    'A text in all its languages: those left out are taken away. Who reads in another sees the nearest one that is there.',
  fields: (t) => ({
    en: t.string(),
    es: t.string(),
    others: t.field({ type: [TranslationInput], description: 'In languages beside English and Spanish.' }),
  }),
})

/** What a client entered as a text in several languages. */
export interface LocalizedEntered {
  readonly en?: string | null
  readonly es?: string | null
  readonly others?: readonly { readonly locale: string; readonly text: string }[] | null
}

/** The kernel's localized text of an input, without the languages left out. English stays when it is empty: that is refused by name. */
export const readLocalized = ({ en, es, others }: LocalizedEntered): Localized => ({
  ...(typeof en === 'string' ? { en } : {}),
  ...(es ? { es } : {}),
  ...Object.fromEntries((others ?? []).flatMap(({ locale, text }) => (text ? [[locale, text]] : []))),
})
