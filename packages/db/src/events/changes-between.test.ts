import { expect, it } from 'vitest'
import { changesBetween } from './changes-between.ts'

it('names what is another value than before, and leaves out what is not said or the same', () => {
  const before = { name: { en: 'Cup' }, slug: 'cup', status: 'DRAFT', parentId: null, tags: ['a'] }
  const after = { name: { en: 'Mug' }, slug: undefined, status: 'DRAFT', parentId: 'x', tags: ['a'] }
  expect(changesBetween(before, after)).toEqual({
    name: [{ en: 'Cup' }, { en: 'Mug' }],
    parentId: [null, 'x'],
  })
  expect(changesBetween(before, { parentId: null, limit: 1 })).toEqual({ limit: [null, 1] })
})
