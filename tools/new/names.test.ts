import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { KINDS } from './kinds.ts'
import { insertSorted, NotPossible, replaceOnce, type Tree } from './plan.ts'

const tree: Tree = {
  has: existsSync,
  read: (path) => readFileSync(path, 'utf8'),
  list: (folder) => readdirSync(folder),
}

describe.each(Object.entries(KINDS))('npm run new -- %s', (kind, { plan }) => {
  const inSlice = (name: string) => (kind === 'mutation' ? `catalog/${name}` : name)

  it.each(['', 'Two Words', '../up', 'ends-', '1st', 'a'.repeat(200), 'ñu'])(
    'refuses the name “%s” with a sentence',
    (name) => {
      expect(() => plan(inSlice(name), tree)).toThrow(NotPossible)
      expect(() => plan(inSlice(name), tree)).toThrow(/name: (?:use|say) /)
    },
  )
})

it.each([
  ['slice', 'catalog', 'is there already'],
  ['slice', 'admin', 'There is a package @hilo/admin'],
  ['mutation', 'catalog/productUpdate', 'a mutation productUpdate already'],
  ['mutation', 'nowhere/thingDo', 'There is no slice nowhere'],
  ['migration', 'carts', 'There is a migration'],
  ['condition', 'min-quantity', 'is there already'],
  ['adapter', 'hilo', 'is there already'],
  ['page', 'orders', 'is there already'],
  ['adr', 'refusals', 'There is a decision'],
])('refuses a %s called %s: it is taken', (kind, name, reason) => {
  expect(() => KINDS[kind]!.plan(name, tree)).toThrow(reason)
})

it('never guesses where something belongs in a file that has changed', () => {
  expect(() => insertSorted('one\ntwo', 'x', /^import/)).toThrow(NotPossible)
  expect(() => replaceOnce('a a', 'a', 'b')).toThrow(NotPossible)
  expect(insertSorted('import a\nimport c\nx', 'import b', /^import/)).toBe('import a\nimport b\nimport c\nx')
  expect(insertSorted('import c\nx', 'import b', /^import/)).toBe('import b\nimport c\nx')
})
