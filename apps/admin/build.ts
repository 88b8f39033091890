import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fingerprint, isFresh, STAMP } from './freshness.ts'

const root = import.meta.dirname
const lock = join(root, '.svelte-kit/building')
const POLL_MS = 200

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Takes the lock; false while another process that is alive holds it. Two builds at once would delete each other's files. */
const takeLock = (): boolean => {
  try {
    const file = openSync(lock, 'wx')
    writeFileSync(file, String(process.pid))
    closeSync(file)
    return true
  } catch {
    if (!isAlive(Number(readFileSync(lock, 'utf8')))) rmSync(lock, { force: true })
    return false
  }
}

const run = (...args: string[]): void => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

mkdirSync(join(root, '.svelte-kit'), { recursive: true })
while (!takeLock()) await pause(POLL_MS)
process.on('exit', () => rmSync(lock, { force: true }))

// Whoever waited for another build may have nothing left to do.
if (!isFresh() || process.argv.includes('--force')) {
  const sources = fingerprint()
  rmSync(STAMP, { force: true })
  run('messages/compile.ts')
  run('--max-old-space-size=2048', '../../node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn')
  writeFileSync(STAMP, sources)
}
