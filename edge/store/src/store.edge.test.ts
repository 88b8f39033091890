import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Sql, type Store } from './index.ts'

let folder: string
let store: Store
const reopen = async () => {
  await store.close()
  store = openStore({ path: join(folder, 'edge.sqlite') })
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hilo-store-'))
  store = openStore({ path: join(folder, 'edge.sqlite') })
  store.migrate('test', ['CREATE TABLE word (text TEXT PRIMARY KEY)'])
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const add = (text: string) => (sql: Sql) => sql.run('INSERT INTO word VALUES (?)', text)
const words = () =>
  store.sql.all<{ text: string }>('SELECT text FROM word ORDER BY rowid').map(({ text }) => text)

describe('the store', () => {
  it('keeps writes in order and over a restart', async () => {
    await Promise.all(['b', 'a', 'c'].map((text) => store.write(add(text))))
    store.writeSoon(add('d'))
    await reopen()
    expect(words()).toEqual(['b', 'a', 'c', 'd'])
  })

  it('shows a change at once to those who read after it', () => {
    void store.write(add('a'))
    expect(words()).toEqual(['a'])
  })

  it('takes back all of a change that throws, and nothing of its neighbours', async () => {
    const before = store.write(add('before'))
    const failed = store.write((sql) => {
      add('half')(sql)
      add('before')(sql)
    })
    const after = store.write(add('after'))
    await expect(failed).rejects.toThrow('UNIQUE')
    await Promise.all([before, after])
    await reopen()
    expect(words()).toEqual(['before', 'after'])
  })

  it('runs each step of an owner once', async () => {
    await reopen()
    store.migrate('test', [
      'CREATE TABLE word (text TEXT PRIMARY KEY)',
      'ALTER TABLE word ADD COLUMN n INTEGER',
    ])
    expect(store.sql.all("SELECT name FROM pragma_table_info('word')")).toHaveLength(2)
  })

  it('says so when another process has the file open', async () => {
    const child = fork(new URL('./testing/writer.ts', import.meta.url), [join(folder, 'other.sqlite')])
    await once(child, 'message')
    expect(() => openStore({ path: join(folder, 'other.sqlite') })).toThrow(/cannot be opened.*locked/)
    child.kill('SIGKILL')
    await once(child, 'exit')
  })

  it('confirms nothing that a full disk refuses, says so, and goes on when there is space', async () => {
    const full = openStore({ path: join(folder, 'full.sqlite'), maxBytes: 100_000 })
    full.migrate('test', ['CREATE TABLE word (text TEXT PRIMARY KEY)'])
    const confirmed: string[] = []
    const refused: unknown[] = []
    for (let count = 0; count < 200; count += 1) {
      const text = `${count} ${'x'.repeat(1_000)}`
      await full.write(add(text)).then(
        () => confirmed.push(text),
        (reason: unknown) => refused.push(reason),
      )
    }
    expect(confirmed.length).toBeGreaterThan(10)
    expect(refused.length).toBeGreaterThan(10)
    expect(full.trouble()).toContain('full')
    expect(() => full.writeSoon(add('y'.repeat(50_000)))).toThrow('full')
    expect(full.sql.all<{ text: string }>('SELECT text FROM word').map(({ text }) => text)).toEqual(confirmed)

    await full.write((sql) => sql.run('DELETE FROM word'))
    await full.write(add('room again'))
    expect(full.trouble()).toBeUndefined()
    await full.close()
  })

  it('loses nothing it confirmed when the process is killed', { timeout: 60_000 }, async () => {
    const path = join(folder, 'killed.sqlite')
    const confirmed: string[] = []
    for (let round = 0; round < 5; round += 1) {
      const child = fork(new URL('./testing/writer.ts', import.meta.url), [path])
      await new Promise<void>((resolve) => {
        child.on('message', (text: string) => {
          confirmed.push(text)
          if (confirmed.length === (round + 1) * 200) child.kill('SIGKILL')
        })
        child.on('exit', () => resolve())
      })
    }
    const survived = openStore({ path })
    const kept = new Set(survived.sql.all<{ text: string }>('SELECT text FROM word').map(({ text }) => text))
    await survived.close()
    expect(confirmed.filter((text) => !kept.has(text))).toEqual([])
  })
})
