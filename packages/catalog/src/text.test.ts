import { expect, test } from 'vitest'
import { checkLocalized, checkSku, checkSlug, checkText, checkUrl, MAX_DESCRIPTION } from './text.ts'

const code = (result: ReturnType<typeof checkText> | ReturnType<typeof checkLocalized>) =>
  result.ok ? 'ok' : result.error.code

test('A slug is a-z, 0-9 and single dashes, and says so otherwise', () => {
  for (const good of ['beans', 'espresso-beans-250', 'a']) expect(code(checkSlug(good))).toBe('ok')
  for (const bad of ['', 'Beans', 'a--b', '-a', 'a-', 'café', 'a b', 'a/b', 'a\n', 'x'.repeat(201)]) {
    expect(code(checkSlug(bad))).toBe('SLUG_INVALID')
  }
})

test('A text has a limit in each language, and the path says which one is too long', () => {
  const long = 'x'.repeat(MAX_DESCRIPTION + 1)
  const checked = checkLocalized({ en: 'short', es: long }, { max: MAX_DESCRIPTION, path: ['description'] })
  expect(checked).toMatchObject({
    error: { code: 'TEXT_TOO_LONG', path: ['description', 'es'], data: { length: 20_001, max: 20_000 } },
  })
  expect(code(checkLocalized({ en: ' ', de: '' }, { max: 200, path: ['name'] }))).toBe('TEXT_MISSING')
  expect(code(checkLocalized({ es: 'sin inglés' }, { max: 200, path: ['name'] }))).toBe('ok')
})

test('Characters that the database cannot keep, or nobody can see, are refused', () => {
  for (const bad of ['a\u0000b', '\ud800', 'a\u001bb', 'a\u007f']) {
    expect(code(checkText(bad, { max: 10, path: ['name'] }))).toBe('TEXT_INVALID')
  }
  expect(code(checkText('line\nbreak, tab\t, ñ, 🫘', { max: 100, path: ['name'] }))).toBe('ok')
})

test('A SKU may have any visible characters, but none around it', () => {
  for (const good of ['A-1', 'café/1 kg', 'x'.repeat(64)]) expect(code(checkSku(good))).toBe('ok')
  for (const bad of ['', ' a', 'a ', 'a\tb', 'x'.repeat(65), '\u0000'])
    expect(code(checkSku(bad))).toBe('SKU_INVALID')
})

test('A picture is on the web or on the shop’s own server, never a script', () => {
  for (const good of ['https://example.com/a.jpg', 'http://example.com/a', '/assets/a.svg']) {
    expect(code(checkUrl(good))).toBe('ok')
  }
  for (const bad of [
    'javascript:alert(1)',
    '//evil.example/a',
    'data:image/png;base64,AA',
    'a.jpg',
    'https://',
    '/a b',
  ]) {
    expect(code(checkUrl(bad))).toBe('URL_INVALID')
  }
})
