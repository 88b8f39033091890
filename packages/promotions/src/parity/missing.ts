import {
  COMMON,
  type Locale,
  type Localized,
  localize,
  type Refusal,
  type RefusalCatalogue,
  refusalMessage,
} from '@hilo/kernel'
import { PARITY } from './errors.ts'

const KINDS = ['category', 'collection', 'channel', 'segment', 'variant'] as const

type Gone = (typeof KINDS)[number]

/** What a watch was to compare and that is no longer there; the watch itself, when it cannot be compared as it was made. */
export interface Missing {
  readonly kind: Gone | 'watch'
  /** The public id. */
  readonly id: string
  readonly messages: Readonly<Record<Locale, string>>
}

const SENTENCES: Readonly<Record<Gone, Readonly<Record<Locale, string>>>> = {
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
export const missing = (kind: Gone, id: string, called: Localized | null | undefined): Missing => {
  const say = (locale: Locale): string => {
    const name = called && localize(called, { locale })
    return SENTENCES[kind][locale].replace('{name}', () => (name ? QUOTED[locale](name) : id))
  }
  return { kind, id, messages: { en: say('en'), es: say('es') } }
}

const isKind = (kind: unknown): kind is Gone => KINDS.some((known) => known === kind)

const CATALOGUE: RefusalCatalogue = { ...COMMON.catalogue, ...PARITY.catalogue }

/**
 * What a comparison was refused for: what is not there, or else the watch, with what the refusal says, as when it was made
 * under a larger limit. `watch` is its public id, and what it compares was called so when it was there.
 */
export const missingFor = (
  refusal: Refusal,
  { watch, called }: { readonly watch: string; readonly called: Localized | null },
): Missing => {
  const { kind, id } = refusal.data
  if (refusal.code === 'NOT_FOUND' && isKind(kind) && typeof id === 'string') return missing(kind, id, called)
  const say = (locale: Locale): string => {
    const spec = CATALOGUE[refusal.code]
    return spec ? refusalMessage(spec, refusal, locale) : refusal.code
  }
  return { kind: 'watch', id: watch, messages: { en: say('en'), es: say('es') } }
}
