import { expect, test } from 'vitest'
import { MAX_ROW_BYTES, readLines } from './lines.ts'
import { MAX_ROW_LINES, readCsvRows } from './rows.ts'

const MIB = 2 ** 20

/** A file made of the same piece again and again. */
const repeated = async function* (piece: string | Buffer, times: number, start = '') {
  if (start) yield Buffer.from(start)
  const bytes = Buffer.from(piece)
  for (let nth = 0; nth < times; nth += 1) yield bytes
}

/** The most memory held outside of the heap, and in it, while something is read; in MiB above what was held before. */
const watched = async (items: AsyncIterable<unknown>, upTo = Infinity) => {
  const held = () => process.memoryUsage().arrayBuffers / MIB
  const before = held()
  const seen: unknown[] = []
  let most = 0
  for await (const item of items) {
    seen.push(item)
    most = Math.max(most, held() - before)
    if (seen.length >= upTo) break
  }
  return { seen, most: Math.max(most, held() - before) }
}

test('a line of a gigabyte is read to its end in the memory of one row', async () => {
  const { seen, most } = await watched(readLines(repeated('x'.repeat(MIB), 1024), { offset: 0, line: 1 }))
  expect(seen).toMatchObject([{ number: 1, end: 1024 * MIB, isCut: true }])
  expect((seen[0] as { bytes: Buffer }).bytes).toHaveLength(MAX_ROW_BYTES)
  expect(most).toBeLessThan(32)
})

test('an open quote before endless lines, empty or not, holds no more of them than a row may have', async () => {
  for (const line of ['\n', 'a\n']) {
    const pieces = repeated(line.repeat(MIB / line.length), 8, 'slug,"open\n')
    const asked: number[] = []
    const lines = readLines(pieces, { offset: 0, line: 1 })
    const counted = (async function* () {
      for await (const each of lines) {
        asked.push(each.number)
        yield each
      }
    })()
    const { seen } = await watched(readCsvRows(counted, ','), 1)
    const [row] = seen as [{ line: number; refusal?: { code: string } }]
    expect(row.line).toBe(1)
    expect(asked.length).toBeLessThanOrEqual(MAX_ROW_LINES + 1)
    expect(row.refusal?.code).toBe('ROW_TOO_MANY_LINES')
  }
})

test('a text of many lines within quotes is one record all the same', async () => {
  const text = 'line\n'.repeat(MAX_ROW_LINES - 2)
  const file = repeated(`slug,"${text}"\nnext,x\n`, 1)
  const { seen } = await watched(readCsvRows(readLines(file, { offset: 0, line: 1 }), ','))
  expect(seen).toMatchObject([{ cells: ['slug', text] }, { cells: ['next', 'x'], line: MAX_ROW_LINES }])
})
