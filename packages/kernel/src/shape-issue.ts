import type { Sentence } from './refusals.ts'
import type { Locale } from './shop.ts'

/** A mistake of shape as zod tells it; every `$ZodIssue` is one. */
export interface ShapeIssue {
  readonly code?: string
  readonly path: readonly PropertyKey[]
  readonly expected?: string
  readonly origin?: string
  readonly minimum?: number | bigint
  readonly maximum?: number | bigint
  /** False when the bound itself is out; zod says it of numbers only. */
  readonly inclusive?: boolean
  readonly values?: readonly unknown[]
  readonly format?: string
  readonly keys?: readonly string[]
  readonly issues?: readonly ShapeIssue[]
  readonly errors?: readonly (readonly ShapeIssue[])[]
  readonly params?: Readonly<Record<string, unknown>> | undefined
}

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
  uuid: { en: 'a UUID', es: 'un UUID' },
  written: { en: 'a text written in another way', es: 'un texto escrito de otra manera' },
  day: { en: 'a date such as 2026-11-27', es: 'una fecha como 2026-11-27' },
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

const BY_FORMAT: Readonly<Record<string, Sentence>> = {
  date: EXPECTED.day,
  datetime: EXPECTED.time,
  uuid: EXPECTED.uuid,
}

/** What has a length: its name, and what is counted, one and many of it. */
const COUNTED: Readonly<Record<string, Readonly<Record<Locale, readonly [string, string, string]>>>> = {
  string: { en: ['a text', 'character', 'characters'], es: ['un texto', 'carácter', 'caracteres'] },
  array: { en: ['a list', 'entry', 'entries'], es: ['una lista', 'elemento', 'elementos'] },
}

const AT_MOST: Sentence = { en: 'at most', es: 'como máximo' }
const AT_LEAST: Sentence = { en: 'at least', es: 'como mínimo' }
const LESS: Sentence = { en: 'less than', es: 'menor que' }
const GREATER: Sentence = { en: 'greater than', es: 'mayor que' }

const written = (count: bigint | number, locale: Locale): string =>
  count.toLocaleString(locale, { useGrouping: 'always' } as never)

/** A number on one side of a bound, which is out itself. */
const beyond = (side: Sentence, bound: bigint | number = 0): Sentence => ({
  en: `a number ${side.en} ${written(bound, 'en')}`,
  es: `un número ${side.es} ${written(bound, 'es')}`,
})

const bounded = (bound: Sentence, origin = '', count: bigint | number = 0): Sentence => {
  const parts = (locale: Locale) => {
    const [what, one, many] = COUNTED[origin]?.[locale] ?? []
    const number = written(count, locale)
    return { what, number: what ? `${number} ${Number(count) === 1 ? one : many}` : number }
  }
  const [en, es] = [parts('en'), parts('es')]
  return {
    en: `${en.what ?? 'a number'} of ${bound.en} ${en.number}`,
    es: `${es.what ?? 'un número'} de ${es.number} ${bound.es}`,
  }
}

const among = ({ values = [] }: ShapeIssue): Sentence => {
  const shown = values.map(String).join(', ')
  return values.length === 1 ? { en: shown, es: shown } : { en: `one of ${shown}`, es: `uno de ${shown}` }
}

/** Of several ways to be right, the one that the value came nearest to; all of them when it was of another type. */
const nearest = ({ errors = [] }: ShapeIssue): Sentence => {
  const issues = errors.flat()
  const near = issues.find(({ code }) => code !== 'invalid_type')
  if (near) return expectedOf(near)
  const ways = [...new Set(issues.map(expectedOf))].filter((way) => way !== EXPECTED.other)
  return ways.length === 0
    ? EXPECTED.other
    : { en: ways.map(({ en }) => en).join(' or '), es: ways.map(({ es }) => es).join(' o ') }
}

/** What should stand where a mistake of shape is, as a noun: “a list of at most 3 entries”. */
export const expectedOf = (issue: ShapeIssue): Sentence => {
  switch (issue.code) {
    case 'invalid_type':
      return BY_TYPE[issue.expected ?? ''] ?? EXPECTED.other
    case 'invalid_value':
      return among(issue)
    case 'too_big':
      return issue.inclusive === false
        ? beyond(LESS, issue.maximum)
        : bounded(AT_MOST, issue.origin, issue.maximum)
    case 'too_small':
      if (issue.inclusive === false) return beyond(GREATER, issue.minimum)
      return issue.origin === 'string' && issue.minimum === 1
        ? EXPECTED.filled
        : bounded(AT_LEAST, issue.origin, issue.minimum)
    case 'invalid_format':
      return BY_FORMAT[issue.format ?? ''] ?? EXPECTED.written
    case 'invalid_key':
      return issue.issues?.[0] ? expectedOf(issue.issues[0]) : EXPECTED.other
    case 'invalid_union':
      return nearest(issue)
    case 'custom':
      return (issue.params?.['expected'] as Sentence | undefined) ?? EXPECTED.other
    default:
      return EXPECTED.other
  }
}

/**
 * Why a value cannot be taken, in every language and never in zod's words: “must be a list of at most 3 entries”. A
 * schema says the reason of a refinement of its own as `params: { reason }`, or what it expects as `params: { expected }`.
 */
export const reasonOf = (issue: ShapeIssue): Sentence => {
  if (issue.code === 'unrecognized_keys') {
    const keys = (issue.keys ?? []).join(', ').slice(0, 200)
    return { en: `nothing is known of ${keys}`, es: `no se conoce ${keys}` }
  }
  const reason = issue.code === 'custom' && (issue.params?.['reason'] as Sentence | undefined)
  if (reason) return reason
  const { en, es } = expectedOf(issue)
  return { en: `must be ${en}`, es: `debe ser ${es}` }
}
