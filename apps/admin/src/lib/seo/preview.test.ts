import { expect, test } from 'vitest'
import { previewOf } from './preview.ts'

test('a result is cut between words, and says so', () => {
  expect(previewOf({ title: 'Green  tea', description: '' })).toEqual({
    title: 'Green tea',
    description: '',
    isCut: false,
  })
  const long = previewOf({ title: 'tea '.repeat(30), description: 'x'.repeat(200) })
  expect(long.title).toBe(`${'tea '.repeat(15).trim()}…`)
  expect(long.description).toHaveLength(161)
  expect(long.isCut).toBe(true)
})
