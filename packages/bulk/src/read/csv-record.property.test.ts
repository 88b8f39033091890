import { parse } from 'csv-parse/sync'
import { array, assert, asyncProperty, constantFrom, integer, string } from 'fast-check'
import { expect, test } from 'vitest'
import { csvLine } from '../write-csv.ts'
import { readLines } from './lines.ts'
import { readCsvRows } from './rows.ts'

const cell = string({ unit: constantFrom('a', 'é', '"', ',', ';', '\n', '\r', ' ', '|', '=') })
const record = array(cell, { minLength: 2, maxLength: 5 })

const inPieces = async function* (bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const cellsOf = async (text: string, size: number, offset = 0) => {
  const bytes = Buffer.from(text).subarray(offset)
  const rows = []
  for await (const row of readCsvRows(readLines(inPieces(bytes, size), { offset, line: 1 }), ','))
    rows.push(row)
  return rows
}

test('what is written as CSV is read again, however the bytes come, and from every place behind a record', async () => {
  const records = array(record, { minLength: 1, maxLength: 8 })
  await assert(
    asyncProperty(records, integer({ min: 1, max: 40 }), async (all, size) => {
      const text = all.map((cells) => csvLine(cells)).join('')
      const rows = await cellsOf(text, size)
      expect(rows.map(({ cells }) => cells)).toEqual(all)
      const [first, ...rest] = rows
      const behind = await cellsOf(text, size, first!.end)
      expect(behind.map(({ cells, end }) => [cells, end])).toEqual(rest.map(({ cells, end }) => [cells, end]))
    }),
  )
})

test('the reader and csv-parse agree on what a record is', async () => {
  await assert(
    asyncProperty(array(record, { minLength: 1, maxLength: 5 }), async (all) => {
      const text = all.map((cells) => csvLine(cells)).join('')
      const theirs = parse(text, { relax_column_count: true, skip_empty_lines: true, record_delimiter: '\n' })
      expect((await cellsOf(text, 64)).map(({ cells }) => cells)).toEqual(theirs)
    }),
  )
})
