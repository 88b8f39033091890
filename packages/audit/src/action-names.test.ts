import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { ACTIONS, actionOf } from './action-names.ts'

/** Every type of event that the code of a slice names, tests left out. */
const typesInCode = async (): Promise<ReadonlySet<string>> => {
  const root = new URL('../../..', import.meta.url).pathname
  const types = new Set<string>()
  for await (const path of glob('{packages,apps}/*/src/**/*.ts', { cwd: root })) {
    if (/\.test\.ts$|\/testing\/|packages\/audit\//.test(path)) continue
    const text = readFileSync(`${root}/${path}`, 'utf8')
    for (const [, type] of text.matchAll(/'([A-Z][A-Za-z]+\.v\d+)'/g)) types.add(type!)
  }
  return types
}

it('there are words in both languages for every kind of fact, and for no other', async () => {
  const types = await typesInCode()
  expect(types.size).toBeGreaterThan(30)
  expect([...types].filter((type) => !ACTIONS[type])).toEqual([])
  expect(Object.keys(ACTIONS).filter((type) => !types.has(type))).toEqual([])
  expect(actionOf('OrderPlaced.v1', 'es')).toBe('hizo un pedido')
  expect(actionOf('Unknown.v9', 'en')).toBe('Unknown.v9')
})
