import { expect, it } from 'vitest'
import { fieldName, isTextKind, textKey, textLabel } from './text-label.ts'

const text = {
  id: 'var_1',
  field: 'ATTRIBUTE' as const,
  part: 'care',
  partName: 'Care',
  names: ['Mug', 'MUG-L'],
  isRichText: false,
  productId: 'prod_1',
  version: 1,
  texts: { translations: [] },
}

it('names a text by what it belongs to, from the product down, and by its attribute', () => {
  expect(textLabel(text)).toBe('Mug › MUG-L — attribute Care')
  expect(fieldName({ field: 'CHOICE', part: 'ash', partName: null })).toBe('choice ash')
  expect(fieldName({ field: 'NAME', part: null, partName: null })).toBe('Name')
})

it('tells texts of one thing apart by field and part', () => {
  const keys = [text, { ...text, part: 'story' }, { ...text, field: 'NAME' as const, part: null }].map(
    textKey,
  )
  expect(new Set(keys).size).toBe(3)
})

it('knows no kind but those there are', () => {
  expect(['PRODUCT', 'toString', 'nothing', null].map(isTextKind)).toEqual([true, false, false, false])
})
