import { NOUNS as SHOP_NOUNS, type Refusal, type Sentence } from '@hilo/kernel'
import { BULK } from './errors.ts'

/** Why a job cannot be done so, or a header cannot be used. */
export const REASONS = {
  quotes: { en: 'its quotes are not in order.', es: 'sus comillas no están bien puestas.' },
  columnTwice: (name: string): Sentence => ({
    en: `the column ${name} stands there twice.`,
    es: `la columna ${name} está dos veces.`,
  }),
  namesNone: (fields: readonly string[]): Sentence => ({
    en: `it names none of ${fields.join(', ')}.`,
    es: `no nombra ninguno de ${fields.join(', ')}.`,
  }),
  system: {
    en: 'a system is 1 to 60 letters, digits and . : - _',
    es: 'un sistema son de 1 a 60 letras, cifras y . : - _',
  },
  delimiter: {
    en: 'the delimiter is a comma, a semicolon, a tab or |',
    es: 'el delimitador es una coma, un punto y coma, un tabulador o |',
  },
  unknown: (noun: Sentence, name: string): Sentence => ({
    en: `there is no ${noun.en} ${name}`,
    es: `no existe ${noun.es} ${name}`,
  }),
} as const

/** Why a row could not be written, by the first letters of the state that the database tells of an error of the data. */
const FAILURES: Readonly<Record<string, Sentence>> = {
  23503: { en: 'something that it names is gone', es: 'algo que nombra ya no existe' },
  23505: { en: 'another thing has the same value', es: 'otra cosa tiene el mismo valor' },
  23: { en: 'a value does not go with what is there', es: 'un valor no casa con lo que ya existe' },
  22: { en: 'a value is none that can be kept', es: 'un valor no se puede guardar' },
}

/** Why a row could not be written, with the name that the database has for it, for who looks after the shop. */
export const failureOf = (state: string, name: string): Sentence => {
  const { en, es } = FAILURES[state] ?? FAILURES[state.slice(0, 2)]!
  return { en: `${en} (${name})`, es: `${es} (${name})` }
}

/** Undoes a transaction; told to nobody. */
export const UNDONE: Sentence = { en: 'undone', es: 'deshecho' }

/** What files name by codes, slugs and SKUs. */
const NOUNS = {
  category: SHOP_NOUNS.category,
  channel: SHOP_NOUNS.channel,
  collection: { en: 'collection by hand', es: 'la colección manual' },
  group: SHOP_NOUNS.customerGroup,
  location: SHOP_NOUNS.location,
  optionValue: SHOP_NOUNS.optionValue,
  priceList: SHOP_NOUNS.priceList,
  reference: { en: 'product or category', es: 'el producto o la categoría' },
  type: SHOP_NOUNS.productType,
  variant: SHOP_NOUNS.variant,
} as const satisfies Readonly<Record<string, Sentence>>

/** Refuses a name that the shop has not. */
export const unknownName = (noun: keyof typeof NOUNS, name: string, path: readonly string[]): Refusal =>
  BULK.refuse('ROW_REFERENCE_UNKNOWN', { kind: NOUNS[noun], name: name.slice(0, 60).toWellFormed() }, path)
    .error
