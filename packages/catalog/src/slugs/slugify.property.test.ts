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

test.each([
  [{ en: 'Кофе в зёрнах 1000' }, 'kofe-v-zernakh-1000'],
  [{ el: 'Ελληνικός καφές' }, 'ellinikos-kafes'],
  [{ zh: '咖啡豆' }, 'ka-fei-dou'],
  [{ ja: 'コーヒー' }, 'kohi'],
  [{ uk: 'ЮГ' }, 'yug'],
  [{ hi: 'कॉफ़ी' }, 'kophi'],
  [{ fa: 'لیوان ۳۴' }, 'lywn-34'],
  [{ ru: '☕' }, 'product'],
  [{ en: 'Café', ru: 'Кофе' }, 'cafe'],
  [{ en: '☕', ru: 'Кофе' }, 'kofe'],
])('A name in any script, such as %j, suggests an address of its own: %j', (name, slug) =>
  expect(slugOfName(name, 'product')).toBe(slug),
)

test('Whatever the name, the slug is one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(checkSlug(slugOfName({ en: text }, 'product')).ok).toBe(true)
    }),
  )
})
