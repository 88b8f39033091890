import { expect, it } from 'vitest'
import { readRule } from './rule.ts'

const reasonOf = (rule: unknown): unknown => {
  const read = readRule(rule)
  return read.ok ? undefined : read.error.data['reason']
}

const ATTRIBUTE = { code: 'height' }

it.each([
  ['an empty list', { all: [] }, 'must have at least 1 entry', 'debe tener como mínimo 1 elemento'],
  [
    'too long a text',
    { sku: { contains: 'x'.repeat(201) } },
    'must have at most 200 characters',
    'debe tener como máximo 200 caracteres',
  ],
  ['no days', { createdWithinDays: 0 }, 'must be at least 1', 'debe ser como mínimo 1'],
  ['a text for a list', { category: 'a' }, 'must be a list', 'debe ser una lista'],
  ['half a day', { createdWithinDays: 1.5 }, 'must be a whole number', 'debe ser un número entero'],
  ['a strange member', { colour: 'red' }, 'nothing is known of colour', 'no se conoce colour'],
  ['no text', { name: {} }, 'must say either startsWith or contains', 'debe indicar o startsWith o contains'],
  [
    'a bound that is none',
    { attribute: { ...ATTRIBUTE, atLeast: true } },
    'must be a number or a date such as 2026-11-27',
    'debe ser un número o una fecha como 2026-11-27',
  ],
  [
    'a choice that is none',
    { attribute: { ...ATTRIBUTE, in: [null] } },
    'must be a text, number or boolean',
    'debe ser un texto, un número o un booleano',
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
