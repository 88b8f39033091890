import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim()

/** Migrations up to this one are those of the code that the test runs against newer tables. */
const BASELINE = '0014'

/** The last commit that knew no migration after the baseline. Throws, in words, where the history does not reach so far. */
export const commitBefore = (): string => {
  const later = readdirSync('packages/db/migrations').filter((name) => name.slice(0, 4) > BASELINE)
  if (later.length === 0) return git('rev-parse', 'HEAD')
  if (git('rev-parse', '--is-shallow-repository') === 'true')
    throw new Error('This clone has no history to take older code from: git fetch --unshallow')
  const paths = later.map((name) => `packages/db/migrations/${name}`)
  const first = git('log', '--reverse', '--diff-filter=A', '--format=%H', '--', ...paths).split('\n')[0]
  if (!first) throw new Error('The newest migrations are not committed yet')
  return git('rev-parse', `${first}^`)
}

const link = (target: string, path: string): void => {
  mkdirSync(dirname(path), { recursive: true })
  if (!existsSync(path)) symlinkSync(relative(realpathSync(dirname(path)), realpathSync(target)), path)
}

/** Links the dependencies that are installed here into a folder there, but for our own packages. */
const linkDependencies = (from: string, to: string): void => {
  for (const name of existsSync(from) ? readdirSync(from) : []) {
    if (name === '@hilo') continue
    if (name.startsWith('@')) linkDependencies(join(from, name), join(to, name))
    else link(join(from, name), join(to, name))
  }
}

/** An admin that answers, in place of one that takes half a minute to build: the old API is what matters here. */
const pretendAdmin = async (root: string): Promise<void> => {
  const path = pathToFileURL(join(root, 'apps/admin/freshness.ts')).href
  const folder = execFileSync(
    process.execPath,
    ['--input-type=module-typescript', '-e', `console.log((await import('${path}')).buildFolder())`],
    { encoding: 'utf8' },
  ).trim()
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'handler.js'), 'export const handler = (req, res) => res.end()\n')
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}\n')
  writeFileSync(join(folder, 'complete'), '')
}

/** Takes the code of a commit out of the history into a folder, where it runs on what is installed here. */
export const oldTree = async (commit: string, root: string): Promise<void> => {
  mkdirSync(root, { recursive: true })
  execFileSync('sh', ['-c', `git archive ${commit} | tar -x -C "$0"`, root])
  linkDependencies('node_modules', join(root, 'node_modules'))
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    workspaces: string[]
  }
  for (const parent of workspaces.map((glob) => glob.replace('/*', '')))
    for (const name of readdirSync(join(root, parent))) {
      const folder = join(root, parent, name)
      const manifest = join(folder, 'package.json')
      if (!existsSync(manifest)) continue
      const own = (JSON.parse(readFileSync(manifest, 'utf8')) as { name: string }).name
      link(folder, join(root, 'node_modules', own))
      linkDependencies(join(parent, name, 'node_modules'), join(folder, 'node_modules'))
    }
  await pretendAdmin(root)
}
