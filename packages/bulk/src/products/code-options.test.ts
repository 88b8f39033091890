import { expect, test } from 'vitest'
import { codesOf } from './code-options.ts'

const named = (codes: ReadonlyMap<string, string>) =>
  [...codes].map(([text, code]) => ({ code, name: { en: text } }))

test.each([
  [['+1.50', '-1.50']],
  [['C', 'C++', 'C#']],
  [['Красный 42', 'Синий 42']],
  [['☕', '☕☕', '☕'.repeat(20), '☕'.repeat(30)]],
  [[`${'long '.repeat(30)}one`, `${'long '.repeat(30)}two`]],
])('Each of %j has a code of its own, and keeps it in any order and company', (texts) => {
  const codes = codesOf(texts, [], 'en')
  expect(new Set(codes.values()).size).toBe(texts.length)
  for (const code of codes.values()) expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  const there = named(codes)
  expect(codesOf(texts.toReversed(), there, 'en')).toEqual(codes)
  for (const text of texts) {
    expect(codesOf([text], there, 'en').get(text)).toBe(codes.get(text))
    const others = there.filter(({ name }) => name.en !== text)
    expect(others.map(({ code }) => code)).not.toContain(codesOf([text], others, 'en').get(text))
  }
})

test('texts that only differ in capitals and blanks are one', () => {
  const codes = codesOf(['Lime Green', 'lime  green', ' LIME GREEN'], [], 'en')
  expect([...new Set(codes.values())]).toEqual(['lime-green'])
})

test('what is there is found by its name in the language of the file, then in others, by its code, and by what is nearly its name', () => {
  const there: Parameters<typeof codesOf>[1] = [
    { code: 'a', name: { en: 'Foot', es: 'Pie' } },
    { code: 'b', name: { en: 'Pie', es: 'Tarta' } },
    { code: 'small', name: { en: 'Little' } },
    { code: 'xd09a', name: { ru: 'Красный' } },
  ]
  const texts = ['Pie', 'Tarta', 'Small', 'small', 'Красный', 'New']
  expect([...codesOf(texts, there, 'en').values()]).toEqual(['b', 'b', 'small', 'small', 'xd09a', 'new'])
  expect(codesOf(['Pie'], there, 'es').get('Pie')).toBe('a')
  const crossed = [
    { code: 'l', name: { en: 'XL' } },
    { code: 'xl', name: { en: 'L' } },
  ]
  expect(['l', 'L'].map((text) => codesOf([text], crossed, 'en').get(text))).toEqual(['l', 'xl'])
})

test('a code whose holder another text names is not taken from it', () => {
  const there = [{ code: 'red', name: { de: 'Rot' } }]
  const codes = codesOf(['Rot', 'Red'], there, 'en')
  expect(codes.get('Rot')).toBe('red')
  expect(codes.get('Red')).toMatch(/^red-[0-9a-f]{8}$/)
})
