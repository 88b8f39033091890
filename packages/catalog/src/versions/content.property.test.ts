import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { toSeo } from '../seo/seo.ts'
import { applied, conflictsOf, differenceOf, leadingTo, type ProductContent } from './content.ts'

const texts = fc.dictionary(fc.constantFrom('en', 'es', 'pt-BR'), fc.string({ minLength: 1, maxLength: 3 }))
const attributes = fc
  .uniqueArray(fc.record({ code: fc.constantFrom('a', 'b', 'c'), number: fc.nat(3) }), {
    selector: ({ code }) => code,
  })
  .map((values) => values.toSorted((a, b) => (a.code < b.code ? -1 : 1)))
const content: fc.Arbitrary<ProductContent> = fc.record({
  slug: fc.constantFrom('a', 'b'),
  name: texts,
  description: texts,
  taxClass: fc.constantFrom('STANDARD', 'ZERO'),
  status: fc.constantFrom('DRAFT', 'PUBLISHED'),
  productTypeId: fc.constantFrom(null, 't'),
  seo: fc.record({ title: texts, noIndex: fc.boolean() }).map(toSeo),
  categoryIds: fc.subarray(['x', 'y']),
  channelIds: fc.subarray(['x', 'y']),
  attributes,
})

test('Restoring a version gives its content, whatever came after', () => {
  fc.assert(
    fc.property(content, content, (version, current) => {
      expect(applied(current, leadingTo(current, version))).toEqual(version)
    }),
  )
})

test('Two contents differ in nothing exactly when they are the same', () => {
  fc.assert(
    fc.property(content, content, (a, b) => {
      expect(differenceOf(a, leadingTo(a, a))).toEqual([])
      const same = JSON.stringify(applied(a, leadingTo(a, b))) === JSON.stringify(applied(a, leadingTo(a, a)))
      if (!same) expect(differenceOf(a, leadingTo(a, b)).length).toBeGreaterThan(0)
    }),
  )
})

test('A draft conflicts with nothing when nobody else changed anything, or other fields alone', () => {
  fc.assert(
    fc.property(content, content, (base, other) => {
      expect(conflictsOf(base, base, leadingTo(base, other))).toEqual([])
      expect(conflictsOf(base, { ...base, slug: 'z' }, { name: other.name })).toEqual([])
    }),
  )
})
