import {
  checkFree,
  checkKebab,
  insertSorted,
  NotPossible,
  replaceOnce,
  screaming,
  sentence,
  type Kind,
  type Tree,
} from './plan.ts'

const RULES = 'tools/boundaries-rules.ts'

const manifest = (name: string): string =>
  `${JSON.stringify(
    {
      name: `@hilo/${name}`,
      version: '0.1.0',
      private: true,
      license: 'MIT',
      type: 'module',
      exports: { '.': './src/index.ts', './graphql': './src/graphql/index.ts' },
      dependencies: { '@hilo/channels': '*', '@hilo/db': '*', '@hilo/graphql': '*', '@hilo/kernel': '*' },
    },
    null,
    2,
  )}\n`

const readme = (name: string): string => `# @hilo/${name}

What it is for, in one sentence.

Owns no table and no event yet.

- What always holds, one line each.
`

const errors = (name: string): string => `import { defineRefusals } from '@hilo/kernel'

/** Characters of a title, at most. */
export const MAX_TITLE = 200

/** What ${name.replaceAll('-', ' ')} refuse. */
export const ${screaming(name)} = defineRefusals({
  ${screaming(name)}_TITLE_INVALID: {
    data: { max: 'int' },
    en: 'A title has 1 to {max} characters.',
    es: 'Un título tiene de 1 a {max} caracteres.',
    fix: 'Send a title within the limits.',
  },
})
`

const title = (name: string): string => `import { ok, type Result } from '@hilo/kernel'
import { ${screaming(name)}, MAX_TITLE } from './errors.ts'

/** A title as people typed it, without spaces around it. */
export const readTitle = (text: string): Result<string> => {
  const title = text.trim()
  if (title === '' || title.length > MAX_TITLE)
    return ${screaming(name)}.refuse('${screaming(name)}_TITLE_INVALID', { max: MAX_TITLE }, ['title'])
  return ok(title)
}
`

const test = (name: string): string => `import { expect, it } from 'vitest'
import { readTitle } from './title.ts'

it('takes a title without the spaces around it, and refuses none and too long a one', () => {
  expect(readTitle(' One ')).toEqual({ ok: true, value: 'One' })
  for (const text of ['', '  ', 'x'.repeat(201)]) {
    expect(readTitle(text)).toMatchObject({
      ok: false,
      error: { code: '${screaming(name)}_TITLE_INVALID', path: ['title'], data: { max: 200 } },
    })
  }
})
`

const graphql = (name: string): string => `import { registerRefusals } from '@hilo/graphql'
import { ${screaming(name)} } from '../errors.ts'

registerRefusals(${screaming(name)}.catalogue)
`

/** The files that know of every slice: the import rules, the schema, the API's manifest, the map. */
const registrations = (name: string, tree: Tree): Record<string, string> => {
  const rules = tree.read(RULES)
  const last = /const SLICES = \[([^\]]*?)\n\] as const/.exec(rules)
  if (!last) throw new NotPossible(`The table of slices in ${RULES} has changed: look at tools/new/slice.ts.`)
  const before = /Slices, left to right: [^.]*?(?=\.)/
  const map = tree.read('ARCHITECTURE.md')
  const [listed] = before.exec(map) ?? []
  if (!listed)
    throw new NotPossible('ARCHITECTURE.md does not list the slices any more: look at tools/new/slice.ts.')
  return {
    [RULES]: replaceOnce(rules, last[0], last[0].replace('\n] as const', `\n  '${name}',\n] as const`)),
    'ARCHITECTURE.md': replaceOnce(map, listed, `${listed}, ${name}`),
    'apps/api/src/schema.ts': insertSorted(
      tree.read('apps/api/src/schema.ts'),
      `import '@hilo/${name}/graphql'`,
      /^import '@hilo\//,
    ),
    'apps/api/package.json': insertSorted(
      tree.read('apps/api/package.json'),
      `    "@hilo/${name}": "*",`,
      /^ {4}"@hilo\//,
    ),
  }
}

/** A slice: one business capability, the last in the order of imports. */
export const slice: Kind = {
  usage: 'name',
  plan: (name, tree) => {
    checkKebab(name)
    const folder = `packages/${name}`
    checkFree(tree, `${folder}/package.json`)
    if (['apps', 'edge', 'examples'].some((place) => tree.has(`${place}/${name}/package.json`)))
      throw new NotPossible(`There is a package @hilo/${name} already: choose another name.`)
    return {
      files: {
        [`${folder}/package.json`]: manifest(name),
        [`${folder}/README.md`]: readme(name),
        [`${folder}/src/index.ts`]: `export { ${screaming(name)} } from './errors.ts'\nexport { readTitle } from './title.ts'\n`,
        [`${folder}/src/errors.ts`]: errors(name),
        [`${folder}/src/title.ts`]: title(name),
        [`${folder}/src/title.test.ts`]: test(name),
        [`${folder}/src/graphql/index.ts`]: graphql(name),
        ...registrations(name, tree),
      },
      next: [
        'npm install, so that the other packages find it, and commit package-lock.json with it.',
        `${sentence(name)} stands last and may import every slice: move it left in ${RULES} as far as it goes.`,
        `npm run new -- migration ${name}, and npm run new -- mutation ${name}/nounVerb.`,
        'npm run golden, and commit docs/errors.md.',
      ],
    }
  },
}
