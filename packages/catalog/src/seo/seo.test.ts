import { expect, test } from 'vitest'
import { checkSeo, seoColumn, shownSeo, toSeo } from './seo.ts'

const empty = toSeo({})
const own = { name: { en: 'Beans', es: 'Granos' }, description: { en: 'word '.repeat(60) } }

test('What is not said falls back to name and description, shortened at a word', () => {
  const shown = shownSeo(empty, own, { locale: 'es' })
  expect(shown.title).toBe('Granos')
  expect(shown.description).toMatch(/word…$/)
  expect(shown.description.length).toBeLessThanOrEqual(160)
  const said = toSeo({ title: { en: 'Best beans' } })
  expect(shownSeo(said, own, { locale: 'en' }).title).toBe('Best beans')
})

test('A column keeps only what is said, and reads as it was', () => {
  expect(seoColumn(empty)).toBe('{}')
  const seo = { ...empty, title: { de: 'Bohnen' }, noIndex: true, canonicalUrl: '/beans' }
  expect(toSeo(JSON.parse(seoColumn(seo)))).toEqual(seo)
})

test('A wrong address or an endless text is refused with its path', () => {
  expect(checkSeo({ ...empty, canonicalUrl: 'javascript:alert(1)' })).toMatchObject({
    error: { code: 'URL_INVALID', path: ['seo', 'canonicalUrl'] },
  })
  expect(checkSeo({ ...empty, title: { fr: 'x'.repeat(201) } })).toMatchObject({
    error: { code: 'TEXT_TOO_LONG', path: ['seo', 'title', 'fr'] },
  })
})
