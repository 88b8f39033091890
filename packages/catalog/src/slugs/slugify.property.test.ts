import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkSlug } from '../text.ts'
import { slugify, slugOfName } from './slugify.ts'

test.each([
  ['Café con leche', 'cafe-con-leche'],
  ['  Straße Nr. 7! ', 'strasse-nr-7'],
  ['Smørrebrød & Øl', 'smorrebrod-ol'],
  ['L’année', 'lannee'],
  ['ＦＵＬＬ', 'full'],
  ['咖啡', ''],
])('%j stands in an address as %j', (text, slug) => expect(slugify(text)).toBe(slug))

test('Whatever the name, the slug is one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(checkSlug(slugOfName({ en: text }, 'product')).ok).toBe(true)
    }),
  )
})
