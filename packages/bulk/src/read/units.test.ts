import { expect, test } from 'vitest'
import { readLines } from './lines.ts'
import { readCsvRows } from './rows.ts'
import { groupRows } from './units.ts'

/** Units of a file whose first column says whose a row is: their lines, why, and where a reader goes on. */
const unitsOf = async (file: Buffer | string, from = { offset: 0, line: 1 }) => {
  const bytes = Buffer.from(file)
  const pieces = (async function* () {
    yield bytes.subarray(from.offset)
  })()
  const nameOf = ({ cells }: { readonly cells: readonly string[] }) => cells[0] || undefined
  const units = []
  for await (const unit of groupRows(readCsvRows(readLines(pieces, from), ','), { groupOf: nameOf, nameOf }))
    units.push({
      rows: unit.rows.map(({ line }) => line),
      refused: unit.refused.map(({ line, record, refusal: { code, data } }) =>
        `${line} ${record ?? '-'} ${code} ${Object.values(data as object).join(' ')}`.trim(),
      ),
      behind: { offset: unit.end, line: unit.nextLine },
    })
  return units
}

const reportOf = async (file: Buffer | string, from?: { offset: number; line: number }) =>
  (await unitsOf(file, from)).map(({ refused }) => refused)

test('each row of a product that one bad row refuses is told once, with why', async () => {
  expect(await reportOf('a,1\na,x"\na,3\nb,1\n')).toEqual([
    ['1 a ROW_BESIDE_REFUSED 2', '2 a ROW_QUOTES 2', '3 a ROW_BESIDE_REFUSED 2'],
    [],
  ])
})

test('a row that does not say whose it is refuses the product before it and the one behind it, each row once', async () => {
  const file = 'a,1\n"b"x,2\nc,3\nc,4\nd,5\n'
  expect(await reportOf(file)).toEqual([
    ['1 a ROW_BESIDE_UNKNOWN 2'],
    ['2 - ROW_QUOTES 1', '3 c ROW_BESIDE_UNKNOWN 2', '4 c ROW_BESIDE_UNKNOWN 2'],
    [],
  ])
  const many = `a,1\n${'"b"x,2\n'.repeat(5_000)}c,3\nd,4\n`
  const report = (await reportOf(many)).flat()
  expect(report).toHaveLength(5_002)
  expect(new Set(report.map((line) => line.split(' ')[0])).size).toBe(5_002)
})

test('a product of too many rows is refused as a whole, and no more of its rows are held or told than a report is for', async () => {
  const report = async (rows: number) => (await reportOf('a,1\n'.repeat(rows))).flat()
  expect(await report(3_000)).toEqual([])
  const refused = await report(3_001)
  expect(refused).toHaveLength(3_001)
  expect(refused.slice(0, 2)).toEqual(['1 a ROW_UNIT_TOO_LONG 3000', '2 a ROW_BESIDE_REFUSED 1'])
  expect(await report(20_000)).toHaveLength(10_000)
})

test('a reader that goes on behind any unit finds the same units', async () => {
  const file = 'a,1\n"b"x,2\nc,3\n"d"x\n"e"x\nf,6\nf,7\ng,"8\n'
  const units = await unitsOf(file)
  for (const [index, { behind }] of units.entries())
    expect(await unitsOf(file, behind)).toEqual(units.slice(index + 1))
})

test('a row of bytes that are no text, too long, or open to the end says whose it is as far as it can be read', async () => {
  const bad = (row: string) =>
    Buffer.concat([Buffer.from('a,1\n'), Buffer.from(row, 'latin1'), Buffer.from('\nc,3\n')])
  expect(await reportOf(bad('b,caf\xe9,2'))).toEqual([[], ['2 b ROW_NOT_TEXT'], []])
  expect(await reportOf(bad('b\xe9,2'))).toEqual([
    ['1 a ROW_BESIDE_UNKNOWN 2'],
    ['2 - ROW_NOT_TEXT', '3 c ROW_BESIDE_UNKNOWN 2'],
  ])
  expect(await reportOf(`a,1\nb,${'x'.repeat(5_000_000)}\nc,3\n`)).toEqual([
    [],
    ['2 b ROW_TOO_LONG 4194304'],
    [],
  ])
  expect(await reportOf('a,1\nb,2,"open\nc,3\n')).toEqual([[], ['2 b ROW_QUOTES 3'], []])
})
