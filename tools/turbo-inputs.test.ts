import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'

interface Task {
  readonly taskId: string
  readonly inputs: Readonly<Record<string, string>>
}

const CHECKS = [
  'check',
  'check:format',
  'check:lint',
  'check:types',
  'check:boundaries',
  'check:unused',
  'check:manifests',
  'test:unit',
  'golden:check',
]

const { tasks } = JSON.parse(
  execFileSync('node_modules/.bin/turbo', ['run', ...CHECKS, '--dry=json'], {
    encoding: 'utf8',
    maxBuffer: 100_000_000,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
  }),
) as { readonly tasks: readonly Task[] }

/** The checks that run again when a file changes. */
const checksOf = (file: string): string[] =>
  tasks
    .filter(({ taskId, inputs }) => {
      const [name] = taskId.split('#')
      const folder =
        name === '@hilo/admin' ? 'apps/admin' : name === '@hilo/storefront' ? 'examples/storefront' : ''
      const inside = folder && file.startsWith(folder) ? file.slice(folder.length + 1) : `../../${file}`
      return (folder ? inside : file) in inputs
    })
    .map(({ taskId }) => taskId.replace(/^\/\/#(?:check:)?/, ''))
    .filter((task) => !task.endsWith('#sync'))
    .sort()

const CODE = ['boundaries', 'format', 'lint', 'types', 'unused']

it.each([
  ['packages/kernel/src/money.ts', [...CODE, '@hilo/admin#check', 'golden:check', 'test:unit']],
  ['packages/client/src/client.ts', [...CODE, '@hilo/storefront#check', 'golden:check', 'test:unit']],
  ['packages/orders/src/order.ts', [...CODE, 'golden:check', 'test:unit']],
  ['packages/orders/package.json', [...CODE, 'golden:check', 'manifests', 'test:unit']],
  ['apps/admin/src/lib/shell/nav.ts', ['@hilo/admin#check', 'boundaries', 'format', 'lint', 'unused']],
  ['examples/storefront/src/client.ts', ['@hilo/storefront#check', 'boundaries', 'format', 'lint', 'unused']],
  ['e2e/hilo-process.ts', ['format', 'lint', 'test:unit', 'types', 'unused']],
  ['schema.graphql', ['@hilo/admin#check', '@hilo/storefront#check', 'format', 'golden:check', 'test:unit']],
  ['docs/adr/0001-event-order.md', ['format', 'golden:check']],
  ['docs/pictures/home.png', []],
  ['packages/db/migrations/0001_foundation.sql', ['test:unit']],
])('a change of %s runs again what it can break, and nothing else', (file, checks) => {
  expect(checksOf(file)).toEqual([...checks].sort())
})
