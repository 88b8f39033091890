import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { CONDITIONS } from './conditions.ts'
import { EFFECTS } from './effects.ts'
import type { FormFields } from './form-hint.ts'
import { ITEMS_SCHEMA } from './item-predicate.ts'
import type { JsonSchema } from './json-schema.ts'
import { PROMOTION_FORM } from './promotion-form.ts'
import { PROMOTION_SCHEMA } from './promotion-schema.ts'

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

/** The members of a schema that need a hint, as paths, with the values of an enum: 'audience.near.latitude'. */
const membersOf = (schema: JsonSchema, path: string): string[] => {
  if (!('type' in schema)) return []
  if (schema.type === 'array') return 'items' in schema ? membersOf(schema.items, path) : []
  if (schema.type === 'string') return 'enum' in schema ? schema.enum!.map((value) => `${path}=${value}`) : []
  if (!('properties' in schema)) return []
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const at = path ? `${path}.${name}` : name
    return name === 'kind' ? [] : [at, ...membersOf(inner, at)]
  })
}

const hintsOf = (fields: FormFields, path = ''): string[] =>
  Object.entries(fields).flatMap(([name, { fields: inner = {}, options = {} }]) => {
    const at = path ? `${path}.${name}` : name
    return [at, ...Object.keys(options).map((value) => `${at}=${value}`), ...hintsOf(inner, at)]
  })

const every = (fields: FormFields): FormFields[string][] =>
  Object.values(fields).flatMap((hint) => [hint, ...every(hint.fields ?? {})])

describe('the hints for forms', () => {
  const kinds = [...Object.values(CONDITIONS), ...Object.values(EFFECTS)]

  it.each<[string, JsonSchema, FormFields]>([
    ['a promotion', PROMOTION_SCHEMA, PROMOTION_FORM.fields],
    ['an item predicate', ITEMS_SCHEMA, PROMOTION_FORM.items],
    ...kinds.map(({ kind, schema, form }): [string, JsonSchema, FormFields] => [kind, schema, form.fields]),
  ])('of %s are one for each member of its schema and each value of its choices', (_, schema, fields) => {
    expect(hintsOf(fields).sort()).toEqual(membersOf(schema, '').sort())
  })

  it('have a place of their own and a text in both languages', () => {
    const forms = [PROMOTION_FORM.fields, PROMOTION_FORM.items, ...kinds.map(({ form }) => form.fields)]
    for (const fields of forms) {
      const orders = Object.values(fields).map(({ order }) => order)
      expect(new Set(orders).size).toBe(orders.length)
      for (const { label, help } of every(fields)) {
        for (const text of [label.en, label.es, help?.en ?? '-', help?.es ?? '-']) expect(text).not.toBe('')
      }
    }
  })
})
