import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { copyProject, linkPackages } from './new/copy-project.ts'

const MADE = [
  ['slice', 'loyalty-points'],
  ['mutation', 'loyalty-points/pointsGrant'],
  ['mutation', 'catalog/productStamp'],
  ['migration', 'keep-loyalty-points'],
  ['condition', 'many-lines'],
  ['adapter', 'zigbee-box'],
  ['page', 'stock-counts'],
  ['adr', 'points-are-money'],
] as const

/** Milliseconds for whole checks of a whole project. */
const LONG = 300_000

const { root, remove } = copyProject()
const admin = join(root, 'apps/admin')
const written: string[] = []
afterAll(remove)

/** What this process was told about being a test is not for the programs it starts. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(?:VITEST|NODE_ENV|TEST|HILO)/.test(name)),
)

const run = async (
  command: string,
  args: readonly string[],
  cwd = root,
): Promise<{ ok: boolean; said: string }> => {
  const bin = command === 'node' ? process.execPath : join(root, 'node_modules/.bin', command)
  try {
    const { stdout, stderr } = await promisify(execFile)(bin, args, { cwd, env, maxBuffer: 50_000_000 })
    return { ok: true, said: stdout + stderr }
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string }
    return { ok: false, said: stdout + stderr }
  }
}

const passes = async (command: string, args: readonly string[], cwd = root): Promise<void> => {
  const { ok, said } = await run(command, args, cwd)
  expect(ok, `${command} ${args.join(' ')}\n${said}`).toBe(true)
}

const code = (): string[] => written.filter((path) => path.endsWith('.ts') && !path.startsWith('apps/admin/'))

beforeAll(async () => {
  for (const [kind, name] of MADE) {
    const { ok, said } = await run('node', ['tools/new.ts', kind, name])
    expect(ok, said).toBe(true)
    expect(said).toContain('Next:\n- ')
    written.push(...[...said.matchAll(/^(?:made {3}|changed) (\S.*)$/gm)].map(([, path]) => path!))
  }
  linkPackages(root)
  await Promise.all([passes('node', ['tools/golden.ts']), passes('node', ['messages/compile.ts'], admin)])
  await passes('svelte-kit', ['sync'], admin)
}, LONG)

it.concurrent(
  'leaves nothing to format, to lint or to type',
  async () => {
    await passes('oxfmt', ['--check', ...written.filter((path) => !path.endsWith('.sql'))])
    await passes('oxlint', ['--type-aware', '--type-check', '--deny-warnings', ...code()])
  },
  LONG,
)

it.concurrent(
  'stands where the import rules, the search for unused code and the manifests want it',
  async () => {
    await passes('node', [
      'tools/boundaries.ts',
      ...written.filter((path) => /^(?:apps|edge|packages)\/.*\.(?:ts|svelte)$/.test(path)),
    ])
    const { said } = await run('knip', [])
    for (const path of written.filter((each) => each.endsWith('.ts'))) expect(said).not.toContain(path)
    await passes('sherif', [])
  },
  LONG,
)

it.concurrent(
  'answers over GraphQL what its mutations say, on a migrated database',
  async () => {
    await passes('vitest', [
      'run',
      '--project',
      'db',
      ...written.filter((path) => path.endsWith('.api.test.ts')),
    ])
  },
  LONG,
)

it.concurrent(
  'is a page of the admin that compiles, in both languages and in the menu',
  async () => {
    await passes('gql.tada', ['generate', 'output'], admin)
    // The page, the menu, and what they import: the rest of the admin stands as it was.
    const include = written
      .filter((path) => /^apps\/admin\/src\/.*\.(?:ts|svelte)$/.test(path))
      .map((path) => relative(admin, join(root, path)))
    expect(include.length).toBeGreaterThanOrEqual(5)
    const project = { extends: './tsconfig.json', include: ['src/app.d.ts', 'src/env.ts', ...include] }
    writeFileSync(join(admin, 'tsconfig.made.json'), JSON.stringify(project))
    await passes('svelte-check', ['--fail-on-warnings', '--tsconfig', './tsconfig.made.json'], admin)
    const read = (path: string) => readFileSync(join(root, path), 'utf8')
    expect(read('apps/admin/src/lib/shell/nav.ts')).toContain('m.nav_stock_counts()')
    expect(read('e2e/admin.e2e.ts')).toContain("'stock-counts'")
  },
  LONG,
)

// Alone and last, because it breaks what was made.
it(
  'brings tests that pass, and that fail when what they test is broken',
  async () => {
    const tests = [
      'packages/loyalty-points',
      'packages/pricing/src/conditions/many-lines',
      'packages/pricing/src/reg',
      'edge/adapters',
    ]
    const unit = ['run', '--project', 'unit', ...tests]
    await passes('vitest', unit)
    const broken = {
      'packages/loyalty-points/src/title.ts': ['text.trim()', 'text'],
      'packages/pricing/src/conditions/many-lines.ts': ['have >= need', 'have < need'],
      'edge/adapters/src/zigbee-box/zigbee-box.ts': ["name: 'level'", "name: 'weight'"],
    } as const
    for (const [path, [right, wrong]] of Object.entries(broken)) {
      const text = readFileSync(join(root, path), 'utf8')
      expect(text).toContain(right)
      writeFileSync(join(root, path), text.replace(right, wrong))
    }
    const { said } = await run('vitest', unit)
    expect(said).toMatch(/Test Files .*3 failed/)
  },
  LONG,
)
