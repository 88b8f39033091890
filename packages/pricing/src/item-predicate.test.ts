import { encodeId } from '@hilo/kernel'
import { describe, expect, it } from 'vitest'
import { compileItems, type ItemFacts, type ItemPredicate } from './item-predicate.ts'

const PRODUCT = '01900000-0000-7000-8000-000000000001'

const BEANS: ItemFacts = {
  variantId: '01900000-0000-7000-8000-000000000002',
  productId: PRODUCT,
  sku: 'BEANS-1KG',
  categoryIds: ['01900000-0000-7000-8000-000000000003'],
  categorySlugs: ['coffee', 'food'],
  collectionIds: ['01900000-0000-7000-8000-000000000004'],
  collectionSlugs: ['new'],
  attributes: { origin: ['colombia', 'brazil'], strength: [4], organic: [true], grade: [] },
  taxClass: 'REDUCED',
  price: 1250n,
  currency: 'EUR',
}

describe('an item predicate', () => {
  it.each<[string, ItemPredicate, boolean]>([
    ['a product', { product: [PRODUCT] }, true],
    ['a product by its public id', { product: [encodeId('product', PRODUCT)] }, true],
    ['the public id of another noun', { product: [encodeId('variant', PRODUCT)] }, false],
    ['a variant', { variant: ['other', BEANS.variantId] }, true],
    ['a SKU', { sku: ['BEANS-1KG'] }, true],
    ['a SKU in another case', { sku: ['beans-1kg'] }, false],
    ['a category by slug', { category: ['coffee'] }, true],
    ['a parent category', { category: ['tea', 'food'] }, true],
    ['a category by public id', { category: [encodeId('category', BEANS.categoryIds![0]!)] }, true],
    ['another category', { category: ['tea'] }, false],
    ['a collection by slug', { collection: ['old', 'new'] }, true],
    ['a collection by public id', { collection: [encodeId('collection', BEANS.collectionIds![0]!)] }, true],
    ['another collection', { collection: ['coffee'] }, false],
    ['one choice of an attribute', { attribute: { code: 'origin', in: ['peru', 'brazil'] } }, true],
    ['no choice of an attribute', { attribute: { code: 'origin', in: ['Brazil'] } }, false],
    ['a number from exactly this', { attribute: { code: 'strength', atLeast: 4, atMost: 4 } }, true],
    ['a number from more', { attribute: { code: 'strength', atLeast: 4.5 } }, false],
    ['a number that is a text', { attribute: { code: 'strength', in: ['4'] } }, false],
    ['bounds of what is no number', { attribute: { code: 'organic', atLeast: 0 } }, false],
    ['a yes', { attribute: { code: 'organic', in: [true] } }, true],
    ['any value of an attribute', { attribute: { code: 'organic' } }, true],
    ['an attribute without values', { attribute: { code: 'grade' } }, false],
    ['an attribute that only every object has', { attribute: { code: 'constructor' } }, false],
    ['a tax class', { taxClass: ['STANDARD', 'REDUCED'] }, true],
    ['a price from exactly this', { priceAtLeast: { EUR: 1250 } }, true],
    ['a price from more', { priceAtLeast: { EUR: 1251 } }, false],
    ['a price up to exactly this', { priceAtMost: { EUR: 1250 } }, true],
    ['a price up to less', { priceAtMost: { EUR: 1249 } }, false],
    ['all of several', { all: [{ category: ['coffee'] }, { sku: ['BEANS-1KG'] }] }, true],
    ['all of several, one of them wrong', { all: [{ category: ['coffee'] }, { sku: ['TEA'] }] }, false],
    ['any of several', { any: [{ category: ['tea'] }, { sku: ['BEANS-1KG'] }] }, true],
    ['none of several', { not: { any: [{ category: ['tea'] }, { sku: ['BEANS-1KG'] }] } }, false],
  ])('matches %s', (_, predicate, expected) => {
    expect(compileItems(predicate)(BEANS)).toBe(expected)
  })

  it('matches no category of an item that has none', () => {
    const bare = { ...BEANS, categoryIds: undefined, categorySlugs: undefined }
    expect(compileItems({ category: ['coffee'] })(bare)).toBe(false)
  })
})
