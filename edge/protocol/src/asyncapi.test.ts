import { expect, it } from 'vitest'
import { asyncApiDocument, TOPICS } from './index.ts'

it('every topic of the protocol is a channel with an operation, and every reference leads somewhere', () => {
  const document = JSON.parse(JSON.stringify(asyncApiDocument()))
  expect(Object.keys(document.channels)).toEqual(Object.keys(TOPICS))
  expect(Object.keys(document.operations)).toEqual(Object.keys(TOPICS))
  const references = JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)
  for (const [, path] of references)
    expect(path!.split('/').reduce((node, key) => node?.[key], document)).toBeDefined()
})
