import { camel, checkFree, checkKebab, insertSorted, pascal, screaming, type Kind } from './plan.ts'

const FOLDER = 'packages/pricing/src'

const source = (name: string): string => {
  const [type, kind] = [pascal(name), screaming(name)]
  return `import { MAX_QUANTITY } from '@hilo/kernel'
import type { ConditionKind } from '../condition.ts'
import { inLocale } from '../phrasing.ts'

/** At least so many lines with the promotion's items. */
export interface ${type} {
  readonly kind: '${kind}'
  readonly lines: number
}

export const ${camel(name)}: ConditionKind<${type}> = {
  kind: '${kind}',
  schema: {
    type: 'object',
    required: ['kind', 'lines'],
    additionalProperties: false,
    properties: {
      kind: { const: '${kind}' },
      lines: { type: 'integer', minimum: 1, maximum: MAX_QUANTITY },
    },
  },
  form: {
    label: { en: 'Lines at least', es: 'Líneas mínimas' },
    fields: { lines: { widget: 'quantity', order: 1, label: { en: 'Lines', es: 'Líneas' } } },
  },
  compile: ({ lines: need }) => {
    return ({ eligible }) => {
      const have = eligible.length
      return have >= need ? undefined : { have, need, missing: need - have }
    }
  },
  phrase: ({ lines }, say) => inLocale(say, { en: \`from \${lines} lines\`, es: \`desde \${lines} líneas\` }),
  message: (facts, reward, say) => {
    const missing = Number(facts['missing'])
    return inLocale(say, {
      en: \`\${missing} more \${missing === 1 ? 'line' : 'lines'} for \${reward}\`,
      es: \`\${missing} \${missing === 1 ? 'línea' : 'líneas'} más para \${reward}\`,
    })
  },
}
`
}

const test = (name: string): string => `import { describe, expect, it } from 'vitest'
import { APPLIED, outcomeOf } from '../testing/outcome.ts'

describe('${screaming(name)}', () => {
  it('holds from so many lines on, and says how many are missing', () => {
    expect(outcomeOf({ kind: '${screaming(name)}', lines: 1 })).toEqual(APPLIED)
    const { code, facts } = outcomeOf({ kind: '${screaming(name)}', lines: 100 })
    expect(code).toBe('${screaming(name)}')
    expect(facts).toMatchObject({ need: 100 })
  })
})
`

/** A condition of promotions: one file, its test, its line in the registry. */
export const condition: Kind = {
  usage: 'what-must-hold',
  plan: (name, tree) => {
    checkKebab(name)
    const path = `${FOLDER}/conditions/${name}.ts`
    checkFree(tree, path)
    const registry = `${FOLDER}/conditions.ts`
    const imported = insertSorted(
      tree.read(registry),
      `import { ${camel(name)} } from './conditions/${name}.ts'`,
      /^import .* from '\.\/conditions\//,
    )
    return {
      files: {
        [path]: source(name),
        [`${FOLDER}/conditions/${name}.test.ts`]: test(name),
        [registry]: insertSorted(imported, `  ${screaming(name)}: ${camel(name)},`, /^ {2}[A-Z_]+: \w+,$/),
      },
      next: [
        `Say in ${path} when it holds, which facts explain why not, and its two sentences; its test says the same.`,
        'Its JSON Schema and its hints for a form are what the admin draws from.',
      ],
    }
  },
}
