import { readFile } from 'node:fs/promises'
import { testDatabase } from '@hilo/db/testing'
import { expect, it } from 'vitest'
import { renderTables, TARGET } from './tables.ts'

const { database } = await testDatabase()

it('finds the types of the tables as the migrations make them', async () => {
  expect(await readFile(TARGET, 'utf8'), 'run: node tools/tables.ts').toBe(await renderTables(database))
})
