import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { expect, it } from 'vitest'

interface Chunk {
  readonly fileName: string
  readonly isEntry?: boolean
  readonly imports?: readonly string[]
  readonly code: string
}

it('weighs little on a page, and its sockets weigh only on pages that use them', async () => {
  const entry = fileURLToPath(new URL('index.ts', import.meta.url))
  const rolldownOptions = { input: entry, preserveEntrySignatures: 'strict' as const }
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, rolldownOptions },
  })
  const { output } = built as unknown as { readonly output: readonly Chunk[] }
  const first = output.find(({ isEntry }) => isEntry)!
  const isFirst = (chunk: Chunk) => chunk === first || first.imports?.includes(chunk.fileName)
  const weight = (chunks: readonly Chunk[]) =>
    chunks.reduce((sum, { code }) => sum + gzipSync(code).length, 0)
  const bytes = weight(output.filter(isFirst))
  const later = weight(output.filter((chunk) => !isFirst(chunk)))
  expect(bytes).toBeLessThan(6_000)
  expect(later).toBeLessThan(2_000)
  expect(later).toBeGreaterThan(500)
})
