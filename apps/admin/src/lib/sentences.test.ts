import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import en from '../../messages/en.json' with { type: 'json' }
import es from '../../messages/es.json' with { type: 'json' }

const src = join(import.meta.dirname, '..')
const sources = globSync('**/*.{svelte,ts}', { cwd: src })
  .filter((file) => !file.includes('paraglide'))
  .map((file) => readFileSync(join(src, file), 'utf8'))
  .join('\n')

it('has every sentence in both languages', () => {
  expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort())
})

it('has no sentence that nobody says', () => {
  const said = new Set(sources.match(/\bm\.\w+/g)?.map((use) => use.slice(2)))
  expect(Object.keys(en).filter((key) => !said.has(key))).toEqual([])
})
