import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = import.meta.dirname

const SOURCES = [
  'src/**/*.{ts,svelte,css,html}',
  'static/**/*.*',
  'messages/*.*',
  'project.inlang/settings.json',
  '{package,tsconfig}.json',
  '*.config.ts',
  '../../packages/{kernel,pricing}/src/**/*.ts',
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

/** Where the builds are. */
export const BUILDS = join(root, 'build')

/**
 * The folder of the build of the sources as they are now. Each state of the sources has its own, because a server that
 * runs reads its files when it first needs them, and another build must not take them away.
 */
export const buildFolder = (sources: string = fingerprint()): string => join(BUILDS, sources)

/** The file that a whole build has. */
export const completeMark = (folder: string): string => join(folder, 'complete')

/** True when the admin is built from the sources as they are now. */
export const isFresh = (): boolean => existsSync(completeMark(buildFolder()))
