// Makes something new in the style of the house: npm run new -- slice|mutation|migration|condition|adapter|page|adr NAME
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { KINDS } from './new/kinds.ts'
import { NotPossible, type Tree } from './new/plan.ts'

const tree: Tree = {
  has: existsSync,
  read: (path) => readFileSync(path, 'utf8'),
  list: (folder) => (existsSync(folder) ? readdirSync(folder) : []),
}

const usage = (): string =>
  Object.entries(KINDS)
    .map(([kind, { usage }]) => `  npm run new -- ${kind} ${usage}`)
    .join('\n')

const make = ([kind = '', name = '', ...more]: readonly string[]): void => {
  if (!Object.hasOwn(KINDS, kind) || name === '' || more.length > 0)
    throw new NotPossible(`Say what to make, and how to call it:\n${usage()}`)
  const { files, next } = KINDS[kind]!.plan(name, tree)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(path), { recursive: true })
    console.log(`${existsSync(path) ? 'changed' : 'made   '} ${path}`)
    writeFileSync(path, text)
  }
  // A name is as long as it is: the lines are broken anew.
  const formatted = Object.keys(files).filter((path) => !path.endsWith('.sql'))
  if (formatted.length > 0)
    spawnSync('node_modules/.bin/oxfmt', formatted, { stdio: ['ignore', 'ignore', 'inherit'] })
  console.log(`\nNext:\n${next.map((step) => `- ${step}`).join('\n')}`)
}

try {
  make(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof NotPossible)) throw error
  console.error(error.message)
  process.exitCode = 1
}
