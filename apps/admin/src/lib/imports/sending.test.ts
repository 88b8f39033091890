import { expect, it } from 'vitest'
import { type Line, Sending, type Taken } from './sending.svelte.ts'

const MEGABYTE = 1_000_000
const fileOf = (bytes: number): File => new File([new Uint8Array(bytes)], 'products.csv')

/** A server that keeps what it gets, and is cut off before the parts with these numbers. */
const server = (cutAt: readonly number[] = []) => {
  const parts: string[] = []
  let kept = 0
  let asked = 0
  const line: Line = {
    put: async (part, { offset, isLast }): Promise<Taken> => {
      asked += 1
      if (cutAt.includes(asked)) throw new TypeError('cut')
      if (offset !== kept) return { offset: kept }
      parts.push(`${offset}+${part.size}${isLast ? ' end' : ''}`)
      kept += part.size
      return { offset: kept }
    },
    end: async () => ({ offset: kept }),
  }
  return { line, parts, keep: (bytes: number) => (kept = bytes) }
}

it('sends a large file in parts, and says which is the last', async () => {
  const { line, parts } = server()
  const sending = new Sending(fileOf(9 * MEGABYTE), line)
  expect(await sending.run()).toBe(true)
  expect(parts).toEqual(['0+4000000', '4000000+4000000', '8000000+1000000 end'])
  expect([sending.sent, sending.busy, sending.problem]).toEqual([9 * MEGABYTE, false, ''])
})

it('goes on behind what has arrived when it was cut, and asks people after three cuts', async () => {
  const once = server([2])
  expect(await new Sending(fileOf(9 * MEGABYTE), once.line).run()).toBe(true)
  expect(once.parts).toHaveLength(3)
  const often = server([2, 3, 4])
  const sending = new Sending(fileOf(9 * MEGABYTE), often.line)
  expect(await sending.run()).toBe(false)
  expect(sending.problem).not.toBe('')
  expect(await sending.run()).toBe(true)
  expect(often.parts).toEqual(['0+4000000', '4000000+4000000', '8000000+1000000 end'])
})

it('goes on with a file of before, but not with a shorter one', async () => {
  const { line, parts, keep } = server()
  keep(5 * MEGABYTE)
  const other = new Sending(fileOf(1 * MEGABYTE), line)
  expect(await other.run()).toBe(false)
  expect(other.problem).not.toBe('')
  expect(await new Sending(fileOf(6 * MEGABYTE), line).run()).toBe(true)
  expect(parts).toEqual(['5000000+1000000 end'])
})

it('tells why a file is refused', async () => {
  const line: Line = { put: async () => ({ problem: 'Too large.' }), end: async () => ({ offset: 0 }) }
  const sending = new Sending(fileOf(10), line)
  expect([await sending.run(), sending.problem]).toEqual([false, 'Too large.'])
})
