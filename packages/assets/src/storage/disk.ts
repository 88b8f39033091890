import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { soundKey, type Span, type Storage } from './storage.ts'

const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes(String((error as NodeJS.ErrnoException).code))

const orMissing = async <T>(run: Promise<T>): Promise<T | undefined> => {
  try {
    return await run
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** A rename is on the disk only when its folder is. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Where files wait that are not whole yet, or not looked at: on the disk of the storage, so that moving is all it takes. */
export const incomingFolder = (root: string): string => join(root, 'incoming')

const stored = async (handle: FileHandle, span?: Span) => {
  const { size } = await handle.stat()
  const bytes = span ? Math.max(0, Math.min(span.end, size - 1) - span.start + 1) : size
  // It closes the handle when it ends, or is destroyed.
  const stream = handle.createReadStream(span)
  return { bytes, stream }
}

/** Assets in a folder of this machine, which every process of the shop must have. */
export const createDiskStorage = (root: string): Storage => {
  const pathOf = (key: string): string => join(root, soundKey(key))
  const draft = async (body: Uint8Array): Promise<string> => {
    const path = join(incomingFolder(root), randomUUID())
    await mkdir(dirname(path), { recursive: true })
    const handle = await open(path, 'wx', 0o600)
    try {
      await handle.writeFile(body)
      await handle.sync()
    } finally {
      await handle.close()
    }
    return path
  }
  return {
    put: async (key, source) => {
      const path = pathOf(key)
      await mkdir(dirname(path), { recursive: true })
      await rename('path' in source ? source.path : await draft(source.body), path)
      await syncFolder(dirname(path))
    },
    read: async (key, span) => {
      const handle = await orMissing(open(pathOf(key)))
      return handle && stored(handle, span)
    },
    size: async (key) => (await orMissing(stat(pathOf(key))))?.size,
    remove: (prefix) => rm(pathOf(prefix), { recursive: true, force: true }),
  }
}
