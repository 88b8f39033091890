import type { Branch } from './category.ts'

/** A category with its place in the tree. */
export interface Placed {
  readonly branch: Branch
  readonly parent: Branch | null
  /** From 1, as ARIA counts. */
  readonly level: number
  readonly index: number
  readonly siblings: readonly Branch[]
}

/** Every category from top to bottom; of closed ones nothing below. */
export const placesOf = (
  branches: readonly Branch[],
  isOpen: (id: string) => boolean = () => true,
  parent: Branch | null = null,
  level = 1,
): Placed[] =>
  branches.flatMap((branch, index) => [
    { branch, parent, level, index, siblings: branches },
    ...(isOpen(branch.id) ? placesOf(branch.children, isOpen, branch, level + 1) : []),
  ])

/** How many categories are below one. */
export const countBelow = ({ children }: Branch): number =>
  children.reduce((sum, child) => sum + 1 + countBelow(child), 0)

/** Where a category shall go: `beforeId` null makes it the last. */
export interface Target {
  readonly parentId: string | null
  readonly beforeId: string | null
}

/** The keys that move a category, as an outline does. */
export type Direction = 'up' | 'down' | 'in' | 'out'

/** Where a category goes by a key; nothing when it cannot go there. */
export const targetOf = (places: readonly Placed[], id: string, direction: Direction): Target | undefined => {
  const place = places.find(({ branch }) => branch.id === id)
  if (!place) return undefined
  const { parent, index, siblings } = place
  const parentId = parent?.id ?? null
  const before = siblings[index - 1]
  if (direction === 'up') return before && { parentId, beforeId: before.id }
  if (direction === 'down')
    return siblings[index + 1] && { parentId, beforeId: siblings[index + 2]?.id ?? null }
  if (direction === 'in') return before && { parentId: before.id, beforeId: null }
  if (!parent) return undefined
  const above = places.find(({ branch }) => branch.id === parent.id)
  return (
    above && { parentId: above.parent?.id ?? null, beforeId: above.siblings[above.index + 1]?.id ?? null }
  )
}

/** The ids of a category and of all below it: where it cannot go. */
export const idsWithin = (branch: Branch): string[] => [branch.id, ...branch.children.flatMap(idsWithin)]
