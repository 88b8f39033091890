import { LOCALES, type Refusal, type Sentence } from '@hilo/kernel'
import type { z } from 'zod'
import { BULK } from './errors.ts'

/** What a field can be, as refusals say it. */
export const EXPECTED = {
  text: { en: 'a text', es: 'un texto' },
  visible: { en: 'a text of visible characters', es: 'un texto de caracteres visibles' },
  filled: { en: 'a text that is not empty', es: 'un texto que no esté vacío' },
  number: { en: 'a number', es: 'un número' },
  whole: { en: 'a whole number', es: 'un número entero' },
  truth: { en: 'true or false', es: 'true o false' },
  list: { en: 'a list', es: 'una lista' },
  object: { en: 'an object of fields', es: 'un objeto con campos' },
  texts: {
    en: 'a text for each language, such as {"en": "Tea"}',
    es: 'un texto por idioma, como {"en": "Tea"}',
  },
  language: { en: 'a language tag such as es or pt-BR', es: 'una etiqueta de idioma como es o pt-BR' },
  amount: { en: 'an amount such as 12.50', es: 'un importe como 12.50' },
  currency: { en: 'a currency of ISO 4217', es: 'una moneda de ISO 4217' },
  code: { en: 'a code of letters, digits, - and _', es: 'un código de letras, cifras, - y _' },
  time: {
    en: 'a time of ISO 8601 with a zone, such as 2030-01-01T00:00:00Z',
    es: 'una hora de ISO 8601 con zona, como 2030-01-01T00:00:00Z',
  },
  other: { en: 'another value', es: 'otro valor' },
} as const satisfies Readonly<Record<string, Sentence>>

const BY_TYPE: Readonly<Record<string, Sentence>> = {
  string: EXPECTED.text,
  number: EXPECTED.number,
  int: EXPECTED.whole,
  boolean: EXPECTED.truth,
  array: EXPECTED.list,
  object: EXPECTED.object,
  record: EXPECTED.texts,
}

const sentence = (
  say: Readonly<Record<keyof Sentence, (number: string) => string>>,
  count: bigint | number,
) =>
  Object.fromEntries(
    LOCALES.map((locale) => [
      locale,
      say[locale](count.toLocaleString(locale, { useGrouping: 'always' } as never)),
    ]),
  ) as Sentence

const AT_MOST: Readonly<Record<string, Parameters<typeof sentence>[0]>> = {
  string: {
    en: (n) => `a text of at most ${n} characters`,
    es: (n) => `un texto de ${n} caracteres como máximo`,
  },
  array: {
    en: (n) => `a list of at most ${n} entries`,
    es: (n) => `una lista de ${n} elementos como máximo`,
  },
  number: { en: (n) => `a number of at most ${n}`, es: (n) => `un número de ${n} como máximo` },
}

const AT_LEAST: typeof AT_MOST = {
  string: {
    en: (n) => `a text of at least ${n} characters`,
    es: (n) => `un texto de ${n} caracteres como mínimo`,
  },
  array: {
    en: (n) => `a list of at least ${n} entries`,
    es: (n) => `una lista de ${n} elementos como mínimo`,
  },
  number: { en: (n) => `a number of at least ${n}`, es: (n) => `un número de ${n} como mínimo` },
}

/** What a mistake of shape says should stand there instead. */
export const expectedOf = (issue: z.core.$ZodIssue): Sentence => {
  switch (issue.code) {
    case 'invalid_type':
      return BY_TYPE[issue.expected] ?? EXPECTED.other
    case 'invalid_value': {
      const values = issue.values.map(String).join(', ')
      return { en: `one of ${values}`, es: `uno de ${values}` }
    }
    case 'too_big':
      return sentence(AT_MOST[issue.origin] ?? AT_MOST['number']!, issue.maximum)
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? EXPECTED.filled
        : sentence(AT_LEAST[issue.origin] ?? AT_LEAST['number']!, issue.minimum)
    case 'invalid_format':
      return issue.format === 'datetime' ? EXPECTED.time : EXPECTED.code
    case 'invalid_key':
      return issue.issues[0] ? expectedOf(issue.issues[0]) : EXPECTED.other
    case 'invalid_union': {
      const issues = issue.errors.flat()
      const nearest = issues.find(({ code }) => code !== 'invalid_type') ?? issues[0]
      return nearest ? expectedOf(nearest) : EXPECTED.other
    }
    case 'custom':
      return (issue.params?.['expected'] as Sentence | undefined) ?? EXPECTED.other
    default:
      return EXPECTED.other
  }
}

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
  unknown: (field: string, name: string): Sentence => ({
    en: `there is no ${field} ${name}`,
    es: `no existe ${field} ${name}`,
  }),
} as const

/** What files name by codes, slugs and SKUs. */
const NOUNS = {
  category: { en: 'category', es: 'la categoría' },
  channel: { en: 'channel', es: 'el canal' },
  collection: { en: 'collection by hand', es: 'la colección manual' },
  group: { en: 'customer group', es: 'el grupo de clientes' },
  location: { en: 'location', es: 'la ubicación' },
  optionValue: { en: 'option value', es: 'el valor de opción' },
  priceList: { en: 'price list', es: 'la lista de precios' },
  reference: { en: 'product or category', es: 'el producto o la categoría' },
  type: { en: 'product type', es: 'el tipo de producto' },
  variant: { en: 'variant', es: 'la variante' },
} as const satisfies Readonly<Record<string, Sentence>>

/** Refuses a name that the shop has not. */
export const unknownName = (noun: keyof typeof NOUNS, name: string, path: readonly string[]): Refusal =>
  BULK.refuse('ROW_REFERENCE_UNKNOWN', { kind: NOUNS[noun], name: name.slice(0, 60).toWellFormed() }, path)
    .error
