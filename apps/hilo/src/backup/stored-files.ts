import { createReadStream } from 'node:fs'
import { glob, mkdir, open, rm, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { isStorageKey } from '@hilo/catalog'
import type { Config } from '../config.ts'
import { assetFolder } from '../start/asset-storage.ts'
import { digitalFolder } from '../start/files.ts'
import { readArchive, type FileFolder, type Frame } from './archive.ts'

/** `ab/<id>/original`: what was made of it is made again when somebody asks. */
const ORIGINAL = /^[0-9a-f]{2}\/[0-9a-f-]{36}\/original$/

/** Where this machine keeps files, and which of them a backup carries. */
const FOLDERS = {
  assets: { at: assetFolder, pattern: '*/*/original', isKey: (key: string): boolean => ORIGINAL.test(key) },
  files: { at: digitalFolder, pattern: '**/*', isKey: isStorageKey },
} as const

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

const isFile = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isFile()
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

async function* dumpFile(config: Config, folder: FileFolder, key: string): AsyncGenerator<Frame> {
  const { at, isKey } = FOLDERS[folder]
  const path = join(at(config), key)
  if (!isKey(key) || !(await isFile(path))) return
  yield { kind: 'file', value: { key, folder } }
  try {
    for await (const chunk of createReadStream(path)) yield { kind: 'data', value: chunk as Buffer }
  } catch (error) {
    // Deleted meanwhile: the database of the backup names it still, and will find it empty.
    if (!isMissing(error)) throw error
  }
}

/** The files of a folder, and those with names that lead elsewhere by links, which the search does not follow far. */
async function* dumpFolder(
  config: Config,
  folder: FileFolder,
  named: readonly string[] = [],
): AsyncGenerator<Frame> {
  const { at, pattern } = FOLDERS[folder]
  const left = new Set(named)
  for await (const path of glob(pattern, { cwd: at(config) })) {
    const key = path.replaceAll(sep, '/')
    left.delete(key)
    yield* dumpFile(config, folder, key)
  }
  for (const key of left) yield* dumpFile(config, folder, key)
}

/**
 * What was uploaded into the folder of this machine, unless that is in a bucket; and what was put by hand into the one of
 * digital products, where `named` are the keys that products name.
 */
export async function* dumpFiles(config: Config, named: readonly string[]): AsyncGenerator<Frame> {
  if (!config.s3Url) yield* dumpFolder(config, 'assets')
  yield* dumpFolder(config, 'files', named)
}

/** Puts the files of a checked archive where this machine keeps them; gives how many they were. */
export const restoreFiles = async (config: Config, path: string): Promise<number> => {
  let file: Awaited<ReturnType<typeof open>> | undefined
  let count = 0
  const end = async (): Promise<void> => {
    await file?.sync()
    await file?.close()
    file = undefined
  }
  for await (const frame of readArchive(path)) {
    if (frame.kind !== 'data') await end()
    else if (file) await file.writeFile(frame.value)
    if (frame.kind !== 'file') continue
    const { key, folder = 'assets' } = frame.value
    const { at, isKey } = FOLDERS[folder]
    if (!isKey(key)) continue
    const target = join(at(config), key)
    await mkdir(dirname(target), { recursive: true })
    await rm(target, { force: true })
    file = await open(target, 'wx', 0o600)
    count += 1
  }
  await end()
  return count
}
