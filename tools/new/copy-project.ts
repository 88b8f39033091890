import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const PLACES = ['apps', 'packages', 'edge', 'examples'] as const

/** Links the packages of a project into its `node_modules`, as `npm install` does. */
export const linkPackages = (root: string): void => {
  for (const place of PLACES) {
    for (const name of readdirSync(join(root, place))) {
      const manifest = join(root, place, name, 'package.json')
      if (!existsSync(manifest)) continue
      const { name: called } = JSON.parse(readFileSync(manifest, 'utf8')) as { name: string }
      const link = join(root, 'node_modules', called)
      if (!existsSync(link)) symlinkSync(join(root, place, name), link)
    }
  }
}

/** Everything of this project in a folder of its own, with the installed packages linked and its own ones its own. */
export const copyProject = (): { readonly root: string; readonly remove: () => void } => {
  const root = mkdtempSync(join(tmpdir(), 'hilo-copy-'))
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    encoding: 'utf8',
  }).split('\0')
  for (const file of files) {
    if (file === '' || !existsSync(file)) continue
    mkdirSync(dirname(join(root, file)), { recursive: true })
    cpSync(file, join(root, file))
  }
  mkdirSync(join(root, 'node_modules/@hilo'), { recursive: true })
  for (const name of readdirSync('node_modules')) {
    if (name !== '@hilo') symlinkSync(resolve('node_modules', name), join(root, 'node_modules', name))
  }
  for (const place of PLACES) {
    for (const name of readdirSync(join(root, place))) {
      const own = resolve(place, name, 'node_modules')
      if (existsSync(own))
        cpSync(own, join(root, place, name, 'node_modules'), { recursive: true, verbatimSymlinks: true })
    }
  }
  linkPackages(root)
  // The formatter, the linter and the search for unused code ask Git what to leave alone.
  execFileSync('git', ['init', '-q', root])
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) }
}
