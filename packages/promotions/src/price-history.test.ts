import { expect, test } from 'vitest'
import { lowestBefore, type PastPrice } from './price-history.ts'

const NOW = new Date('2026-06-30T12:00:00Z')
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000)
/** Reduced from 1000 where nothing else is said. */
const past = (...rows: [days: number, amount: number | null, list?: number][]): PastPrice[] =>
  rows.map(([days, amount, list = 1000]) => ({
    at: daysAgo(days),
    amountMinor: amount === null ? null : BigInt(amount),
    listMinor: amount === null ? null : BigInt(list),
  }))
const lowest = (history: PastPrice[], amountMinor: number) =>
  lowestBefore(history, { amountMinor: BigInt(amountMinor), now: NOW })

test('The lowest price counts from thirty days before the reduction began, not before today', () => {
  expect(lowest(past([100, 50], [60, 100], [20, 80]), 80)).toBe(100n)
  expect(lowest(past([100, 50], [49, 100], [20, 80]), 80)).toBe(50n)
  expect(lowest(past([100, 50], [50, 100], [20, 80]), 80)).toBe(100n)
})

test('A price that was raised just before the reduction does not hide the lower one', () => {
  expect(lowest(past([90, 100], [10, 150], [1, 100]), 100)).toBe(100n)
})

test('A reduction that the history does not have yet begins now', () => {
  expect(lowest(past([90, 100], [10, 90]), 70)).toBe(90n)
  expect(lowest(past([90, 100]), 70)).toBe(100n)
})

test('Rows that repeat the amount, as when only the list price changed, do not begin a new reduction', () => {
  expect(lowest(past([90, 100], [20, 80], [5, 80]), 80)).toBe(100n)
})

test('A reduction in steps counts each step from the price before', () => {
  expect(lowest(past([90, 100], [20, 90], [5, 80]), 80)).toBe(90n)
})

test('Times when it was not sold do not count, and without any other time there is no lowest price', () => {
  expect(lowest(past([90, 100], [25, null], [3, 80]), 80)).toBe(100n)
  expect(lowest(past([90, 100], [60, null], [3, 80]), 80)).toBeUndefined()
  expect(lowest(past([3, 80]), 80)).toBeUndefined()
  expect(lowest([], 80)).toBeUndefined()
})

test('A price that goes back up and down again counts the reduction before, for thirty days', () => {
  expect(lowest(past([90, 100], [20, 80], [10, 100], [2, 80]), 80)).toBe(80n)
  expect(lowest(past([90, 100], [60, 80], [50, 100], [2, 80]), 80)).toBe(100n)
})

test('A product that is new is compared with the days it was sold', () => {
  expect(lowest(past([12, 100], [3, 80]), 80)).toBe(100n)
  expect(lowest(past([12, 90], [8, 100], [3, 80]), 80)).toBe(90n)
})

test('A price that ended just as the thirty days began does not count, one that held an instant into them does', () => {
  expect(lowest(past([90, 50], [35, 100], [5, 80]), 80)).toBe(100n)
  expect(lowest(past([90, 50], [34.999, 100], [5, 80]), 80)).toBe(50n)
})

test('A reduction that is taken out of the shop and comes back is a new one', () => {
  expect(lowest(past([90, 100], [20, 80], [10, null], [2, 80]), 80)).toBe(80n)
})

test('A price that was asked already before it was called reduced is its own lowest', () => {
  expect(lowest(past([90, 110, 110], [60, 100, 100], [5, 100, 120]), 100)).toBe(100n)
  expect(lowest(past([90, 110, 110], [60, 100, 100], [5, 100, 120], [2, 100, 150]), 100)).toBe(100n)
  expect(lowest(past([60, 100, 100]), 100)).toBe(100n)
})

test('A price list that began less than thirty days ago counts from where it began, and what was asked before it too', () => {
  expect(lowest(past([200, 100, 100], [12, 140, 140], [3, 120, 140]), 120)).toBe(100n)
  expect(lowest(past([200, 100, 100], [33, 140, 140], [3, 120, 140]), 120)).toBe(140n)
})
