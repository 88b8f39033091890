import { type Locale, type Localized, localize, type Refusal } from '@hilo/kernel'

const KINDS = ['category', 'collection', 'channel', 'segment', 'variant'] as const

/** What a watch was to compare and that is no longer there. */
export interface Missing {
  readonly kind: (typeof KINDS)[number]
  /** The public id. */
  readonly id: string
  readonly messages: Readonly<Record<Locale, string>>
}

const SENTENCES: Readonly<Record<Missing['kind'], Readonly<Record<Locale, string>>>> = {
  category: {
    en: 'The category {name} is no longer there, so nothing is compared.',
    es: 'La categoría {name} ya no existe, así que no se compara nada.',
  },
  collection: {
    en: 'The collection {name} is no longer there, so nothing is compared.',
    es: 'La colección {name} ya no existe, así que no se compara nada.',
  },
  channel: {
    en: 'The channel {name} is no longer there, so nothing is compared.',
    es: 'El canal {name} ya no existe, así que no se compara nada.',
  },
  segment: {
    en: 'The segment {name} is no longer there, so nothing is compared.',
    es: 'El segmento {name} ya no existe, así que no se compara nada.',
  },
  variant: {
    en: 'None of the variants is there any more, so nothing is compared.',
    es: 'Ya no existe ninguna de las variantes, así que no se compara nada.',
  },
}

const QUOTED: Readonly<Record<Locale, (name: string) => string>> = {
  en: (name) => `“${name}”`,
  es: (name) => `«${name}»`,
}

/** What is missing, with sentences that name it as it was called, or by its id where nobody knows. */
export const missing = (kind: Missing['kind'], id: string, called: Localized | null | undefined): Missing => {
  const say = (locale: Locale): string => {
    const name = called && localize(called, { locale })
    return SENTENCES[kind][locale].replace('{name}', () => (name ? QUOTED[locale](name) : id))
  }
  return { kind, id, messages: { en: say('en'), es: say('es') } }
}

const isKind = (kind: unknown): kind is Missing['kind'] => KINDS.some((known) => known === kind)

/** What a comparison was refused for because it is not there. A watch cannot be refused for anything else: that throws. */
export const missingFor = ({ code, data }: Refusal, called: Localized | null): Missing => {
  const { kind, id } = data
  if (code !== 'NOT_FOUND' || !isKind(kind) || typeof id !== 'string') throw new Error(`Watching: ${code}`)
  return missing(kind, id, called)
}
