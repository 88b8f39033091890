import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { hashToken, newToken, Secret, tokenKind } from './token.ts'

test('a token says its kind and is never the same twice', () => {
  expect(newToken('staff')).toMatch(/^hs_[\w-]{43}$/)
  expect(newToken('staff')).not.toBe(newToken('staff'))
  for (const kind of ['staff', 'customer', 'device', 'apiKey', 'credential'] as const) {
    expect(tokenKind(newToken(kind))).toBe(kind)
  }
})

test('text of another shape is no token', () => {
  for (const text of [
    '',
    'hs_',
    'hs_short',
    `hx_${'a'.repeat(43)}`,
    `${newToken('staff')}a`,
    'Bearer hs_\0',
  ]) {
    expect(tokenKind(text)).toBeUndefined()
  }
})

test('a hash has 32 bytes and does not hold the token', () => {
  const token = newToken('apiKey')
  expect(hashToken(token)).toHaveLength(32)
  expect(hashToken(token).toString('latin1')).not.toContain(token)
})

test('a secret is shown on purpose only', () => {
  const secret = new Secret('hdc_x')
  expect(secret.reveal()).toBe('hdc_x')
  expect(JSON.stringify({ secret })).toBe('{"secret":null}')
  expect(inspect(secret)).not.toContain('hdc_x')
})
