import type { Sentence } from '@hilo/kernel'
import type * as z from 'zod'

/** What a rule must say beside its shape; the schema gives the English, which is said in Spanish here. */
const SPANISH: Readonly<Record<string, string>> = {
  'must say either startsWith or contains': 'debe indicar o startsWith o contains',
  'must be a number or a date such as 2026-11-27': 'debe ser un número o una fecha como 2026-11-27',
  'must be a text, number or boolean': 'debe ser un texto, un número o un booleano',
  'must say either in, or atLeast and atMost': 'debe indicar o in, o atLeast y atMost',
  'must have bounds of one kind': 'sus límites deben ser de un mismo tipo',
  'must have exactly one member: all, any, not, category, productType, attribute, name, sku or createdWithinDays':
    'debe tener exactamente un miembro: all, any, not, category, productType, attribute, name, sku o createdWithinDays',
}

const TYPES: Readonly<Record<string, Sentence>> = {
  object: { en: 'an object', es: 'un objeto' },
  array: { en: 'a list', es: 'una lista' },
  string: { en: 'a text', es: 'un texto' },
  number: { en: 'a number', es: 'un número' },
  int: { en: 'a whole number', es: 'un número entero' },
}

/** What is counted, one and many of it. */
const UNITS: Readonly<Record<string, readonly [Sentence, Sentence]>> = {
  array: [
    { en: 'entry', es: 'elemento' },
    { en: 'entries', es: 'elementos' },
  ],
  string: [
    { en: 'character', es: 'carácter' },
    { en: 'characters', es: 'caracteres' },
  ],
}

const bounded = (origin: string, bound: number | bigint, { en, es }: Sentence): Sentence => {
  const unit = UNITS[origin]?.[Number(bound) === 1 ? 0 : 1]
  return unit
    ? { en: `must have ${en} ${bound} ${unit.en}`, es: `debe tener ${es} ${bound} ${unit.es}` }
    : { en: `must be ${en} ${bound}`, es: `debe ser ${es} ${bound}` }
}

/** What is wrong with a rule at the place of an issue, in words of the shop. */
export const reasonOf = (issue: z.core.$ZodIssue): Sentence => {
  switch (issue.code) {
    case 'too_small':
      return bounded(issue.origin, issue.minimum, { en: 'at least', es: 'como mínimo' })
    case 'too_big':
      return bounded(issue.origin, issue.maximum, { en: 'at most', es: 'como máximo' })
    case 'unrecognized_keys': {
      const keys = issue.keys.join(', ').slice(0, 200)
      return { en: `nothing is known of ${keys}`, es: `no se conoce ${keys}` }
    }
    case 'invalid_type': {
      const type = TYPES[issue.expected] ?? { en: issue.expected, es: issue.expected }
      return { en: `must be ${type.en}`, es: `debe ser ${type.es}` }
    }
    default:
      return { en: issue.message, es: SPANISH[issue.message] ?? issue.message }
  }
}
