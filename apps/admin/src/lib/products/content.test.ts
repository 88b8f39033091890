import { encodeId, newId } from '@hilo/kernel'
import { describe, expect, it } from 'vitest'
import { type Content, draftOfContent, withoutContent } from './content.ts'
import { differenceField, differenceValue } from './difference.ts'
import { draftOf } from './draft.ts'
import { contentErrors } from './save.ts'
import { choices, product } from './sample.ts'
import { coverageOf, textsOfProduct } from './translations.ts'

const category = encodeId('category', newId())
const type = encodeId('productType', newId())
const other = encodeId('product', newId())
const base = draftOf(product, { choices, timeZone: 'UTC' })
const content: Content = {
  slug: 'tea',
  name: { ca: 'Te verd', en: 'Green tea' },
  description: {},
  taxClass: 'REDUCED',
  status: 'PUBLISHED',
  productTypeId: type,
  seo: { title: { en: 'Tea' }, description: {}, noIndex: false, canonicalUrl: null, imageUrl: null },
  categoryIds: [category],
  channelIds: [],
  attributes: [
    { code: 'story', texts: { en: 'New' } },
    { code: 'goes-with', productIds: [other] },
    { code: 'harvest', number: 2025 },
    { code: 'tin', number: null },
  ],
}
const words = {
  attributes: new Map([['story', 'Story']]),
  names: new Map([[category, 'Teas']]),
}

describe('drafts and versions of a product', () => {
  it('become what the editor has, and leave variants as they are', () => {
    const draft = draftOfContent(content, base)
    expect(draft).toMatchObject({
      name: { ca: 'Te verd', en: 'Green tea' },
      productTypeId: type,
      categoryIds: [category],
      attributes: { story: { en: 'New' }, 'goes-with': [other], harvest: '2025' },
      publications: { chan_1: { on: false } },
    })
    expect(draft.variants).toEqual(base.variants)
    expect(withoutContent({ ...draft, related: { ...base.related, SIMILAR: ['p'] } }, base)).toEqual({
      ...base,
      related: { ...base.related, SIMILAR: ['p'] },
    })
  })

  it('differ in words: fields by name and language, references by name', () => {
    expect(differenceField('name.ca', words)).toBe('Name (Catalan)')
    expect(differenceField('attributes.story.texts.pt-BR', words)).toBe('Story (Brazilian Portuguese)')
    expect(differenceField('seo.title.es', words)).toContain('Spanish')
    expect(differenceValue({ field: 'categoryIds' }, [category], words)).toBe('Teas')
    expect(differenceValue({ field: 'attributes.story' }, { texts: { en: 'Old', es: 'Viejo' } }, words)).toBe(
      'Old · Viejo',
    )
    expect(differenceValue({ field: 'name.ca' }, null, words)).toBe('–')
  })

  it('are refused at their field', () => {
    const refusal = (path: string[]) => ({
      __typename: 'PlainError' as const,
      code: 'X',
      message: 'No',
      path,
    })
    const attributes = [{ code: 'story' }, { code: 'harvest' }]
    const errors = contentErrors({ attributes }, [
      refusal(['input', 'attributes', '0', 'texts', 'es']),
      refusal(['input', 'attributes', '1', 'number']),
      refusal(['input', 'name', 'en']),
    ])
    expect(errors).toEqual({ 'attributes.story.es': 'No', 'attributes.harvest': 'No', 'name.en': 'No' })
  })
})

it('tells for each language which texts of a product are missing', () => {
  const definitions = product.productType.attributes.map(({ attribute }) => attribute)
  const [variant] = Object.values(base.variants)
  const said = { ...variant!, name: { en: 'Tin' }, attributes: { story: { en: 'Red' } } }
  const variants = { on: said, off: { ...said, sku: 'OLD', on: false } }
  const texts = textsOfProduct(
    { ...base, variants },
    {
      product,
      definitions: { product: definitions, variant: definitions },
      names: { name: 'Name', description: 'Description', seoTitle: 'Title', seoDescription: 'About' },
    },
  )
  expect(coverageOf(texts, ['en', 'es'])).toEqual([
    { locale: 'en', done: 4, total: 4, missing: [] },
    { locale: 'es', done: 0, total: 4, missing: ['Name', 'story', 'TEA-1', 'TEA-1: story'] },
  ])
})
