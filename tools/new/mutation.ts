import { camel, checkFree, insertSorted, kebab, NotPossible, pascal, type Kind, type Tree } from './plan.ts'

interface Named {
  readonly slice: string
  /** `reviewAdd`. */
  readonly field: string
  /** `add-review`. */
  readonly useCase: string
}

const readName = (name: string, tree: Tree): Named => {
  const [slice = '', field = '', ...more] = name.split('/')
  const words = kebab(field).split('-')
  if (more.length > 0 || words.length < 2 || !/^[a-z]+(?:[A-Z][a-z]+)+$/.test(field))
    throw new NotPossible(`“${name}” is not a name: say slice/nounVerb, such as catalog/productArchive.`)
  if (!tree.has(`packages/${slice}/src/graphql/index.ts`))
    throw new NotPossible(
      `There is no slice ${slice} with a folder src/graphql: npm run new -- slice ${slice}.`,
    )
  if (
    tree.has('schema.graphql') &&
    new RegExp(`^ {2}${field}\\(input: `, 'm').test(tree.read('schema.graphql'))
  )
    throw new NotPossible(`The API has a mutation ${field} already: choose another verb.`)
  return { slice, field, useCase: [words.at(-1), ...words.slice(0, -1)].join('-') }
}

const useCaseSource = ({ useCase }: Named): string => {
  const [type, call] = [pascal(useCase), camel(useCase)]
  return `import type { Context } from '@hilo/db'
import { COMMON, ok, type Result } from '@hilo/kernel'

/** What is asked for. */
export interface ${type} {
  readonly note: string
}

/** What was done; plain JSON, because it is kept for replays. */
export interface ${type}Done {
  readonly note: string
  readonly by: string
}

/** Loads, decides with a pure function, saves, and appends an event: all in the transaction of \`ctx.db\`. */
export const ${call} = async (ctx: Context, { note }: ${type}): Promise<Result<${type}Done>> => {
  const text = note.trim()
  if (text === '')
    return COMMON.refuse(
      'INVALID_INPUT',
      { reason: { en: 'The note is empty.', es: 'La nota está vacía.' } },
      ['note'],
    )
  return ok({ note: text, by: ctx.actor.kind })
}
`
}

const graphqlSource = ({ field, useCase }: Named): string => {
  const call = camel(useCase)
  return `import { defineMutation } from '@hilo/graphql'
import { ${call} } from '../${useCase}.ts'

defineMutation('${field}', {
  description: 'What it does, in one sentence. Refuses INVALID_INPUT.',
  // The narrowest there is, until somebody has thought about who may.
  access: { permission: 'settings:write' },
  input: (t) => ({ note: t.string({ required: true, description: 'At least one character.' }) }),
  run: (ctx, { note }) => ${call}(ctx, { note }),
  payload: (t) => ({ note: t.string({ nullable: true, resolve: ({ value }) => value?.note }) }),
})
`
}

const testSource = ({ slice, field }: Named): string => `${
  slice === 'access' || slice === 'channels' ? '' : "import '@hilo/channels/graphql'\n"
}import { testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { GUEST } from '@hilo/kernel'
import { describe, expect, it } from 'vitest'
import './index.ts'

const { db } = await testDatabase()
const ctx = testContext(db)

const MUTATION = \`mutation ($input: ${pascal(kebab(field))}Input!) { ${field}(input: $input) {
  note replayed userErrors { code path }
} }\`

const send = (input: object, as = ctx) => ask(MUTATION, { ctx: as, variables: { input } })

describe('${field}', () => {
  it('does it once for a key, and answers the same again', async () => {
    const input = { note: ' done ', idempotencyKey: 'once' }
    const answer = { note: 'done', userErrors: [] }
    expect(await send(input)).toEqual({ data: { ${field}: { ...answer, replayed: false } } })
    expect(await send(input)).toEqual({ data: { ${field}: { ...answer, replayed: true } } })
  })

  it('refuses what cannot be, and says where', async () => {
    expect(await send({ note: ' ' })).toMatchObject({
      data: { ${field}: { note: null, userErrors: [{ code: 'INVALID_INPUT', path: ['note'] }] } },
    })
  })

  it('is closed to guests', async () => {
    const { errors } = await send({ note: 'done' }, { ...ctx, actor: GUEST })
    expect(errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED')
  })
})
`

/** A mutation: its use case, its field, and a test of both on a real database. */
export const mutation: Kind = {
  usage: 'slice/nounVerb',
  plan: (name, tree) => {
    const named = readName(name, tree)
    const { slice, field, useCase } = named
    const src = `packages/${slice}/src`
    const file = `${src}/graphql/${kebab(field)}`
    checkFree(tree, `${file}.ts`)
    checkFree(tree, `${src}/${useCase}.ts`)
    const index = `${src}/graphql/index.ts`
    return {
      files: {
        [`${src}/${useCase}.ts`]: useCaseSource(named),
        [`${file}.ts`]: graphqlSource(named),
        [`${file}.api.test.ts`]: testSource(named),
        [index]: insertSorted(tree.read(index), `import './${kebab(field)}.ts'`, /^import /),
      },
      next: [
        `Write what it does in ${src}/${useCase}.ts, with the refusals of the slice.`,
        `Say in ${file}.ts who may call it, what it takes, what it gives.`,
        'npm run golden, and commit schema.graphql and docs/errors.md.',
      ],
    }
  },
}
