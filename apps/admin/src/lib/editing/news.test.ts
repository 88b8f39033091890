import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const routes = new URL('../../routes/', import.meta.url)
const pages = globSync('**/+page.svelte', { cwd: routes })
  .map((path) => [path, readFileSync(new URL(encodeURI(path), routes), 'utf8')] as const)
  .filter(([, source]) => /editorOf(?:<\w+>)?\(/.test(source) && source.includes('live.follow('))

test('every editor that follows what others change keeps the news that comes while it is saved', () => {
  expect(pages.length).toBeGreaterThan(3)
  expect(pages.filter(([, source]) => !source.includes('newsFor(editor')).map(([path]) => path)).toEqual([])
})
