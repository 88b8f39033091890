/** What has a node of its own that a definition can name. */
export const NAMED_NODES = ['product', 'variant', 'category'] as const

/** What has a node of its own that a definition can name. */
export type NodeNoun = (typeof NAMED_NODES)[number]

/** The keys of things of a kind that are named anywhere in a definition. */
export const keysIn = (node: unknown, noun: NodeNoun): string[] => {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([name, value]) =>
    name === noun ? [value].flat().filter((key) => typeof key === 'string') : keysIn(value, noun),
  )
}
