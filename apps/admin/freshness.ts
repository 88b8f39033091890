import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = import.meta.dirname
/** Where a build keeps the fingerprint of the sources it was made from. */
export const STAMP = join(root, 'build/fingerprint')

const SOURCES = [
  'src/**/*.{ts,svelte,css,html}',
  'static/**/*.*',
  'messages/*.*',
  'project.inlang/settings.json',
  '{package,tsconfig}.json',
  '*.config.ts',
  '../../packages/kernel/src/**/*.ts',
  '../../package-lock.json',
]

const isGenerated = (file: string): boolean =>
  file.includes('/paraglide/') || file.endsWith('graphql-env.d.ts') || file.endsWith('.test.ts')

/** A hash of everything that the build is made from: the same sources give the same text on every machine. */
export const fingerprint = (): string => {
  const hash = createHash('sha256')
  const files = globSync(SOURCES, { cwd: root }).map((file) => file.replaceAll('\\', '/'))
  for (const file of files.filter((file) => !isGenerated(file)).sort())
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.digest('hex').slice(0, 16)
}

/** True when `build/` is there and was made from the sources as they are now. */
export const isFresh = (): boolean => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint()
