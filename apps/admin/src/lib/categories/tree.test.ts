import { describe, expect, it } from 'vitest'
import type { Branch } from './category.ts'
import { countBelow, idsWithin, placesOf, targetOf } from './tree.ts'

const branch = (id: string, ...children: Branch[]): Branch => ({
  id,
  name: id,
  slug: id,
  version: 1,
  children,
})
const tree = [branch('a', branch('a1', branch('a1x')), branch('a2')), branch('b'), branch('c')]
const places = placesOf(tree)

describe('a category tree', () => {
  it('shows what is open, from top to bottom, with levels from 1', () => {
    const shown = placesOf(tree, (id) => id === 'a')
    expect(shown.map(({ branch: { id }, level }) => `${level}${id}`)).toEqual([
      '1a',
      '2a1',
      '2a2',
      '1b',
      '1c',
    ])
  })

  it('moves among siblings, and not past their ends', () => {
    expect(targetOf(places, 'b', 'up')).toEqual({ parentId: null, beforeId: 'a' })
    expect(targetOf(places, 'a', 'down')).toEqual({ parentId: null, beforeId: 'c' })
    expect(targetOf(places, 'b', 'down')).toEqual({ parentId: null, beforeId: null })
    expect(targetOf(places, 'a', 'up')).toBeUndefined()
    expect(targetOf(places, 'c', 'down')).toBeUndefined()
  })

  it('goes into the sibling above, and out behind its parent', () => {
    expect(targetOf(places, 'b', 'in')).toEqual({ parentId: 'a', beforeId: null })
    expect(targetOf(places, 'a1x', 'out')).toEqual({ parentId: 'a', beforeId: 'a2' })
    expect(targetOf(places, 'a2', 'out')).toEqual({ parentId: null, beforeId: 'b' })
    expect(targetOf(places, 'a', 'in')).toBeUndefined()
    expect(targetOf(places, 'c', 'out')).toBeUndefined()
  })

  it('knows what is below a category', () => {
    expect(countBelow(tree[0]!)).toBe(3)
    expect(idsWithin(tree[0]!)).toEqual(['a', 'a1', 'a1x', 'a2'])
  })
})
