import { createReadStream } from 'node:fs'
import { glob, mkdir, open, rm } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import type { Config } from '../config.ts'
import { assetFolder } from '../start/asset-storage.ts'
import { readArchive, type Frame } from './archive.ts'

/** `ab/<id>/original`: what was made of it is made again when somebody asks. */
const ORIGINAL = /^[0-9a-f]{2}\/[0-9a-f-]{36}\/original$/

/** What was uploaded into the folder of this machine, file by file; nothing when assets are in a bucket. */
export async function* dumpAssets(config: Config): AsyncGenerator<Frame> {
  if (config.s3Url) return
  const folder = assetFolder(config)
  for await (const path of glob('*/*/original', { cwd: folder })) {
    const key = path.replaceAll(sep, '/')
    if (!ORIGINAL.test(key)) continue
    yield { kind: 'file', value: { key } }
    try {
      for await (const chunk of createReadStream(join(folder, path)))
        yield { kind: 'data', value: chunk as Buffer }
    } catch (error) {
      // Deleted meanwhile: the database of the backup names it still, and will find it empty.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
}

/** Puts the uploads of a checked archive where this machine keeps them; gives how many they were. */
export const restoreAssets = async (config: Config, path: string): Promise<number> => {
  const folder = assetFolder(config)
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
    if (frame.kind !== 'file' || !ORIGINAL.test(frame.value.key)) continue
    const target = join(folder, frame.value.key)
    await mkdir(dirname(target), { recursive: true })
    await rm(target, { force: true })
    file = await open(target, 'wx', 0o600)
    count += 1
  }
  await end()
  return count
}
