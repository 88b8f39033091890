import { readdirSync } from 'node:fs'
import { requests } from '@hilo/protocol'
import { expect, it } from 'vitest'
import { VERBS } from './registry.ts'

it('every verb of the protocol has its file, and every file its verb', () => {
  const files = readdirSync(import.meta.dirname)
    .filter((file) => !file.includes('.test.') && !['registry.ts', 'verb.ts'].includes(file))
    .map((file) => file.replace(/\.ts$/, ''))
  expect(files.sort()).toEqual(Object.keys(VERBS).sort())
  expect(Object.keys(VERBS).sort()).toEqual(Object.keys(requests).sort())
})
