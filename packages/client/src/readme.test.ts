import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { example } from './testing/readme-examples.ts'

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8')

/** The code without its layout, which depends on how deep it stands. */
const plain = (text: string): string => text.replaceAll(/\s+/g, '').replaceAll(/,(?=[)}\]])/g, '')

it('shows an example that the compiler has read', async () => {
  const [, shown] = /```ts\n([^]*?)```/.exec(await read('../README.md'))!
  expect(plain(await read('testing/readme-examples.ts'))).toContain(plain(shown!))
  expect(example).toBeTypeOf('function')
})
