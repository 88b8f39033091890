import { allocate } from '@hilo/kernel'
import type { Item } from './effect.ts'

/** What is left of some items together. */
export const sumLeft = (items: readonly Item[]): bigint => items.reduce((sum, item) => sum + item.left, 0n)

/** Rounding point 2: one amount, at most what is left, split over the items by what is left of each. */
export const spread = (amount: bigint, items: readonly Item[]): bigint[] => {
  const total = sumLeft(items)
  return allocate(
    amount < total ? amount : total,
    items.map((item) => item.left),
  )
}
