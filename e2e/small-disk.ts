import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, open, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

const SIZE_MB = 320
const BALLAST = 'ballast'
const BLOCK = Buffer.alloc(64 * 1024, 1)

/** True when this process may mount; else it runs itself again where it may, and ends as that run does. */
export const inOwnMounts = async (): Promise<boolean> => {
  if (process.getuid?.() === 0) return true
  const child = spawn('unshare', ['-Urm', process.execPath, ...process.argv.slice(1)], { stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  process.exitCode = code ?? 1
  return false
}

/** Mounts an empty disk of 320 MB in memory over a folder, and returns how to take it away. */
export const mountSmallDisk = async (folder: string): Promise<() => Promise<void>> => {
  await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'tmpfs', folder])
  await chmod(folder, 0o755)
  return async () => void (await run('umount', ['--lazy', folder]))
}

const freeBytes = async (disk: string): Promise<number> => {
  const { bavail, bsize } = await statfs(disk)
  return bavail * bsize
}

/** Fills a disk up to so many bytes. */
export const fillDisk = async (disk: string, leave: number): Promise<void> => {
  const file = await open(join(disk, BALLAST), 'a')
  try {
    while ((await freeBytes(disk)) > leave + BLOCK.length) await file.write(BLOCK)
  } finally {
    await file.close()
  }
}

/** Gives back what `fillDisk` took. */
export const emptyDisk = (disk: string): Promise<void> => rm(join(disk, BALLAST), { force: true })
