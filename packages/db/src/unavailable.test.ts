import { expect, it } from 'vitest'
import { isOutOfReach, isUnavailable } from './unavailable.ts'

const withCode = (code: string): Error => Object.assign(new Error('as Postgres says it'), { code })

it('tells a database that is out of reach, however the error is wrapped, from a request that it had no time for', () => {
  const away = [
    ...['08006', '57P01', '57P03', '53100', '53300', '25006', 'ECONNREFUSED', 'ECONNRESET'].map(withCode),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    new Error('Cannot use a pool after calling end on the pool'),
    new AggregateError([new Error('first'), withCode('ECONNREFUSED')]),
    new Error('while it looked', { cause: withCode('57P01') }),
  ]
  expect(away.map((error) => [isOutOfReach(error), isUnavailable(error)])).toEqual(
    away.map(() => [true, true]),
  )
  const busy = ['57014', '25P03', '40001', '40P01', '55P03'].map(withCode)
  expect(busy.map((error) => [isOutOfReach(error), isUnavailable(error)])).toEqual(
    busy.map(() => [false, true]),
  )
  const bugs = [
    ...['P0001', 'XX000', '23505', '42703'].map(withCode),
    new TypeError('no such thing'),
    'text',
    null,
  ]
  expect(bugs.map((error) => [isOutOfReach(error), isUnavailable(error)])).toEqual(
    bugs.map(() => [false, false]),
  )
})
