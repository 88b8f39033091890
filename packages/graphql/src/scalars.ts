import { canonicalLocale, isCurrency, isDay } from '@hilo/kernel'
import { GraphQLError, Kind, valueFromASTUntyped } from 'graphql'
import { builder } from './builder.ts'

const invalid = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } })

const parseDateTime = (value: unknown): Date => {
  const isTimestamp =
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(value)
  const date = isTimestamp ? new Date(value) : undefined
  if (date && !Number.isNaN(date.getTime())) return date
  throw invalid('A DateTime is RFC 3339 text with a zone, such as 2026-05-01T10:00:00Z.')
}

builder.scalarType('DateTime', {
  description: 'A moment: RFC 3339 text with a zone, answered in UTC.',
  serialize: (value) => value.toISOString(),
  parseValue: parseDateTime,
})

builder.scalarType('Date', {
  description: 'A day of the calendar: YYYY-MM-DD.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value === 'string' && isDay(value)) return value
    throw invalid('A Date is a day of the calendar, such as 2026-05-01.')
  },
})

builder.scalarType('SafeInt', {
  description: 'A whole number within ±(2^53 − 1), exact in JSON.',
  serialize: (value) => {
    const number = Number(value)
    if (!Number.isSafeInteger(number)) throw new RangeError(`${value} does not fit a SafeInt`)
    return number
  },
  parseValue: (value) => {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value
    throw invalid('A SafeInt is a whole number within ±9007199254740991.')
  },
  parseLiteral: (node) => {
    const number = node.kind === Kind.INT ? Number(node.value) : Number.NaN
    if (Number.isSafeInteger(number)) return number
    throw invalid('A SafeInt is a whole number within ±9007199254740991.')
  },
})

builder.scalarType('JSON', {
  description: 'Any JSON value.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
})

builder.scalarType('CurrencyCode', {
  description: 'A currency: the three capitals of ISO 4217, such as EUR.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value === 'string' && isCurrency(value)) return value
    throw invalid('A CurrencyCode is an ISO 4217 code in capitals, such as EUR.')
  },
})

builder.scalarType('CountryCode', {
  description: 'A country: the two capitals of ISO 3166-1, such as ES.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value === 'string' && /^[A-Z]{2}$/.test(value)) return value
    throw invalid('A CountryCode is an ISO 3166-1 code of two capitals, such as ES.')
  },
})

builder.scalarType('LanguageTag', {
  description: 'A language: a BCP 47 tag, such as es or pt-BR; answered in its canonical form.',
  serialize: (value) => value,
  parseValue: (value) => {
    const tag = typeof value === 'string' ? canonicalLocale(value) : undefined
    if (tag) return tag
    throw invalid('A LanguageTag is a BCP 47 tag, such as es or pt-BR.')
  },
})
