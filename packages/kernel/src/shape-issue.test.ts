import { expect, it } from 'vitest'
import { reasonOf, type ShapeIssue } from './shape-issue.ts'

const small = (minimum: number, more: Partial<ShapeIssue> = {}): ShapeIssue => ({
  code: 'too_small',
  path: [],
  origin: 'number',
  minimum,
  inclusive: true,
  ...more,
})
const big = (maximum: number, more: Partial<ShapeIssue> = {}): ShapeIssue => ({
  code: 'too_big',
  path: [],
  origin: 'number',
  maximum,
  inclusive: true,
  ...more,
})

it.each([
  [small(0), 'must be a number of at least 0', 'debe ser un número de 0 como mínimo'],
  [small(0, { inclusive: false }), 'must be a number greater than 0', 'debe ser un número mayor que 0'],
  [big(5_000), 'must be a number of at most 5,000', 'debe ser un número de 5.000 como máximo'],
  [
    big(5_000, { inclusive: false }),
    'must be a number less than 5,000',
    'debe ser un número menor que 5.000',
  ],
  [
    small(1, { origin: 'int', inclusive: false }),
    'must be a number greater than 1',
    'debe ser un número mayor que 1',
  ],
  [small(1, { origin: 'string' }), 'must be a text that is not empty', 'debe ser un texto que no esté vacío'],
  [
    big(1, { origin: 'array' }),
    'must be a list of at most 1 entry',
    'debe ser una lista de 1 elemento como máximo',
  ],
])('a bound is told with whether it is in itself: %o', (issue, en, es) => {
  expect(reasonOf(issue)).toEqual({ en, es })
})
