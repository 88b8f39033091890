import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { CONDITIONS } from './conditions.ts'
import { EFFECTS } from './effects.ts'

const filesOf = async (folder: string): Promise<string[]> => {
  const files = await readdir(new URL(folder, import.meta.url))
  return files.filter((file) => !file.endsWith('.test.ts')).sort()
}

const fileOf = (kind: string): string => `${kind.toLowerCase().replaceAll('_', '-')}.ts`

describe.each([
  ['conditions', CONDITIONS],
  ['effects', EFFECTS],
])('the registry of %s', (folder, registry) => {
  it('has exactly the kinds that have a file', async () => {
    expect(Object.keys(registry).map(fileOf).sort()).toEqual(await filesOf(`${folder}/`))
  })

  it('knows each kind by its own name, in code and in schema', () => {
    for (const [name, { kind, schema }] of Object.entries(registry)) {
      expect(kind).toBe(name)
      expect(schema.properties?.['kind']).toEqual({ const: name })
      expect(schema.required).toContain('kind')
    }
  })
})
