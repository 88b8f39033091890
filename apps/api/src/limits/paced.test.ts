import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { paced } from './paced.ts'

const HOUR_MS = 3_600_000

const numbers = () => {
  let next = 0
  let returned = 0
  const items: AsyncIterableIterator<number> = {
    next: async () => (next < 3 ? { done: false, value: (next += 1) } : { done: true, value: undefined }),
    return: async () => {
      returned += 1
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]: () => items,
  }
  return { items, taken: () => next, returned: () => returned }
}

const mark = (item: number): number => item * 10

it('gives every item, marked and paid for, and ends once', async () => {
  let paid = 0
  let ends = 0
  const charge = () => {
    paid += 1
    return 0
  }
  const all = await Array.fromAsync(paced(numbers().items, { charge, mark, onEnd: () => void (ends += 1) }))
  expect(all).toEqual([10, 20, 30])
  expect([paid, ends]).toEqual([3, 1])
})

it('asks for no further item while something is owed, and stops waiting when nobody listens', async () => {
  const { items, taken, returned } = numbers()
  let ends = 0
  const stream = paced(items, { charge: () => HOUR_MS, mark, onEnd: () => void (ends += 1) })
  expect(await stream.next()).toEqual({ done: false, value: 10 })
  const waiting = stream.next()
  for (let turn = 0; turn < 10; turn += 1) await setImmediate()
  expect(taken()).toBe(1)
  await stream.return?.()
  expect(await waiting).toEqual({ done: true, value: undefined })
  expect([taken(), returned(), ends]).toEqual([1, 1, 1])
})

it('counts as gone when nobody begins to read', async () => {
  const { items, returned } = numbers()
  const { promise, resolve } = Promise.withResolvers<void>()
  paced(items, { charge: () => 0, mark, onEnd: resolve, beginsWithin: 1 })
  const alive = setInterval(() => undefined, 1_000)
  await promise
  clearInterval(alive)
  await setImmediate()
  expect(returned()).toBe(1)
})
