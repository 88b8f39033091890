import { expect, it } from 'vitest'
import { createBuckets } from './buckets.ts'

const SIZE = { burst: 100, perSecond: 10 }

const withTime = (remembered = 10) => {
  const time = { now: 0 }
  return { time, ...createBuckets(remembered, () => time.now) }
}

it('gives what is there, refuses what is not, and says how long until it is', () => {
  const { take, time } = withTime()
  expect(take('a', SIZE, 70)).toEqual({ ok: true, available: 30, waitMs: 0 })
  expect(take('a', SIZE, 40)).toEqual({ ok: false, available: 30, waitMs: 1_000 })
  time.now = 999
  expect(take('a', SIZE, 40).ok).toBe(false)
  time.now = 1_000
  expect(take('a', SIZE, 40)).toEqual({ ok: true, available: 0, waitMs: 0 })
  expect(take('b', SIZE, 100).ok).toBe(true)
  time.now = 1e9
  expect(take('a', SIZE, 0).available).toBe(100)
})

it('lets what happens anyway be owed, and asks to wait until it is paid', () => {
  const { owe, take, time } = withTime()
  expect(owe('a', SIZE, 90).waitMs).toBe(0)
  expect(owe('a', SIZE, 30).waitMs).toBe(2_000)
  expect(take('a', SIZE, 1).ok).toBe(false)
  time.now = 2_100
  expect(take('a', SIZE, 1).ok).toBe(true)
})

it('has no end where the burst has none', () => {
  const { take, owe } = withTime()
  const endless = { burst: Number.POSITIVE_INFINITY, perSecond: 1 }
  expect(take('a', endless, 1e15)).toMatchObject({ ok: true, waitMs: 0 })
  expect(owe('a', endless, 1e15).waitMs).toBe(0)
  expect(take('a', endless, 1).ok).toBe(true)
})

it('remembers so many names and forgets the one not seen for longest', () => {
  const { take } = withTime(2)
  for (const name of ['a', 'b', 'a', 'c']) take(name, SIZE, 50)
  expect(take('a', SIZE, 0).available).toBe(0)
  expect(take('b', SIZE, 0).available).toBe(100)
})
