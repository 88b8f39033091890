import { expect, test } from 'vitest'
import { readEmail } from './email.ts'
import { readName } from './name.ts'
import { networkBlock } from './network-block.ts'
import { readPassword } from './password.ts'

const refused = (code: string) => ({ ok: false, error: { code } })

test('an e-mail is stored trimmed, composed and in lower case', () => {
  expect(readEmail('  Ana@Example.COM ')).toEqual({ ok: true, value: 'ana@example.com' })
  expect(readEmail('jose\u0301@example.es')).toEqual({ ok: true, value: 'jos\u00e9@example.es' })
})

test('text that no mail server would take is no e-mail', () => {
  const wrong = [
    '',
    'ana',
    'ana@',
    '@home.es',
    'ana@home',
    'a b@home.es',
    'ana@@home.es',
    'ana\u0000@home.es',
  ]
  for (const text of [...wrong, `${'a'.repeat(65)}@home.es`, `ana@${'a'.repeat(250)}.es`]) {
    expect(readEmail(text)).toMatchObject(refused('EMAIL_INVALID'))
  }
})

test('a password has 10 to 200 characters, counted as people count them', () => {
  expect(readPassword('123456789')).toMatchObject(refused('PASSWORD_LENGTH_INVALID'))
  expect(readPassword('\u{1F511}'.repeat(10)).ok).toBe(true)
  expect(readPassword('x'.repeat(201))).toMatchObject({ error: { data: { min: 10, max: 200 } } })
})

test('a name is trimmed and printable', () => {
  expect(readName(' Kitchen ')).toEqual({ ok: true, value: 'Kitchen' })
  for (const text of ['', '   ', 'a\u0007b', 'x'.repeat(101)]) {
    expect(readName(text)).toMatchObject(refused('NAME_INVALID'))
  }
})

test('an attacker is one IPv4 address or one /64 of IPv6', () => {
  expect(networkBlock('192.0.2.7')).toBe('192.0.2.7')
  expect(networkBlock('::ffff:192.0.2.7')).toBe('192.0.2.7')
  expect(networkBlock('2001:0db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
  expect(networkBlock('2001:db8:1:2::9')).toBe('2001:db8:1:2::/64')
  expect(networkBlock('::1')).toBe('0:0:0:0::/64')
  expect(networkBlock('unknown')).toBe('unknown')
})
