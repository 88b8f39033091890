// A process of its own for the tests to kill: writes without pause and tells its parent what was confirmed.
import { randomUUID } from 'node:crypto'
import { openStore } from '../store.ts'

const store = openStore({ path: process.argv[2]! })
store.migrate('test', ['CREATE TABLE word (text TEXT PRIMARY KEY)'])

process.on('disconnect', () => process.exit())

const writeForEver = async (): Promise<never> => {
  while (true) {
    const text = randomUUID()
    await store.write((sql) => sql.run('INSERT INTO word VALUES (?)', text))
    process.send?.(text)
  }
}
await Promise.all(Array.from({ length: 8 }, writeForEver))
