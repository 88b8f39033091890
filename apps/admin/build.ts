import { spawnSync } from 'node:child_process'
import { mkdirSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { BUILDS, buildFolder, completeMark, fingerprint, isFresh } from './freshness.ts'

const root = import.meta.dirname
const lock = join(root, '.svelte-kit/building')
const POLL_MS = 200
/** How many older builds stay, for the servers that still run them. */
const KEPT = 2

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Takes the lock; false while another live process holds it: two builds at once would delete each other's files. */
const takeLock = (): boolean => {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    const holder = existsSync(lock) ? readFileSync(lock, 'utf8') : ''
    if (holder && !isAlive(Number(holder))) rmSync(lock, { force: true })
    return false
  }
}

const run = (...args: string[]): void => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

const forgetOldBuilds = (): void => {
  const age = (name: string): number => statSync(join(BUILDS, name)).mtimeMs
  const [, ...older] = readdirSync(BUILDS).sort((a, b) => age(b) - age(a))
  for (const name of older.slice(KEPT)) rmSync(join(BUILDS, name), { recursive: true, force: true })
}

mkdirSync(join(root, '.svelte-kit'), { recursive: true })
while (!takeLock()) await pause(POLL_MS)
process.on('exit', () => rmSync(lock, { force: true }))

// Whoever waited for another build may have nothing left to do.
if (!isFresh()) {
  const sources = fingerprint()
  run('messages/compile.ts')
  run('--max-old-space-size=2048', '../../node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn')
  if (fingerprint() !== sources)
    throw new Error('The sources of the admin changed while it was built: build it again.')
  writeFileSync(completeMark(buildFolder(sources)), '')
  forgetOldBuilds()
}
