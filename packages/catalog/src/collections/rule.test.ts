import { expect, it } from 'vitest'
import { readRule } from './rule.ts'

const reasonOf = (rule: unknown): unknown => {
  const read = readRule(rule)
  return read.ok ? undefined : read.error.data['reason']
}

const ATTRIBUTE = { code: 'height' }

it.each([
  [
    'an empty list',
    { all: [] },
    'must be a list of at least 1 entry',
    'debe ser una lista de 1 elemento como mínimo',
  ],
  [
    'too long a text',
    { sku: { contains: 'x'.repeat(201) } },
    'must be a text of at most 200 characters',
    'debe ser un texto de 200 caracteres como máximo',
  ],
  [
    'no days',
    { createdWithinDays: 0 },
    'must be a number of at least 1',
    'debe ser un número de 1 como mínimo',
  ],
  ['a text for a list', { category: 'a' }, 'must be a list', 'debe ser una lista'],
  ['half a day', { createdWithinDays: 1.5 }, 'must be a whole number', 'debe ser un número entero'],
  ['a strange member', { colour: 'red' }, 'nothing is known of colour', 'no se conoce colour'],
  ['no text', { name: {} }, 'must say either startsWith or contains', 'debe indicar o startsWith o contains'],
  [
    'a bound that is none',
    { attribute: { ...ATTRIBUTE, atLeast: true } },
    'must be a number or a text',
    'debe ser un número o un texto',
  ],
  [
    'a bound that is no date',
    { attribute: { ...ATTRIBUTE, atLeast: 'soon' } },
    'must be a date such as 2026-11-27',
    'debe ser una fecha como 2026-11-27',
  ],
  [
    'a choice that is none',
    { attribute: { ...ATTRIBUTE, in: [null] } },
    'must be a text or a number or true or false',
    'debe ser un texto o un número o true o false',
  ],
  [
    'nothing of an attribute',
    { attribute: ATTRIBUTE },
    'must say either in, or atLeast and atMost',
    'debe indicar o in, o atLeast y atMost',
  ],
  [
    'bounds of two kinds',
    { attribute: { ...ATTRIBUTE, atLeast: 1, atMost: '2026-11-27' } },
    'must have bounds of one kind',
    'sus límites deben ser de un mismo tipo',
  ],
  [
    'two members',
    { category: ['a'], not: { category: ['a'] } },
    expect.stringContaining('exactly one member'),
    expect.stringContaining('exactamente un miembro'),
  ],
])('A rule with %s is refused in words of the shop, in both languages', (_what, rule, en, es) => {
  expect(reasonOf(rule)).toEqual({ en, es })
})
