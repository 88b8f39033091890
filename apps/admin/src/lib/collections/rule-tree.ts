import type { DraftValue } from '#lib/editing/rebase.ts'

/** How the parts of a group go together. */
export type Mode = 'all' | 'any' | 'none'

/** Some parts of a rule, of which all, any or none must hold. */
export type Group = { mode: Mode; nodes: RuleNode[] }

/** One thing that must hold: a member of the rule and what it says. */
export type Condition = { field: string; value: DraftValue }

/** A part of a rule as it is edited. */
export type RuleNode = Group | Condition

type Json = { readonly [member: string]: unknown }

export const isGroup = (node: RuleNode): node is Group => 'mode' in node

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])

const nodeOf = (rule: Json): RuleNode => {
  const [field = 'all', value] = Object.entries(rule)[0] ?? []
  if (field === 'all' || field === 'any') return { mode: field, nodes: listOf(value).map(nodeOf) }
  if (field !== 'not') return { field, value: value as DraftValue }
  const inner = nodeOf((value ?? {}) as Json)
  // None of these is how people say: not any of these.
  return { mode: 'none', nodes: isGroup(inner) && inner.mode === 'any' ? inner.nodes : [inner] }
}

/** A rule as it is edited: always a group, so that there is room for one more condition. */
export const treeOf = (rule: unknown): Group => {
  const node = nodeOf((rule ?? {}) as Json)
  return isGroup(node) ? node : { mode: 'all', nodes: [node] }
}

/** The rule that a tree says. */
export const ruleOf = (node: RuleNode): Json => {
  if (!isGroup(node)) return { [node.field]: node.value }
  const rules = node.nodes.map(ruleOf)
  return node.mode === 'none' ? { not: { any: rules } } : { [node.mode]: rules }
}

const isBlank = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0)

/** True when something in a condition is still to be filled in. */
const isOpen = (value: DraftValue): boolean => {
  if (isBlank(value)) return true
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const said = Object.entries(value).filter(([name]) => name !== 'code')
  return (
    said.length === 0 || said.some(([, part]) => isBlank(part)) || ('code' in value && isBlank(value.code))
  )
}

/** True when the tree says a whole rule: no group is empty, and every condition says something. */
export const isWhole = (node: RuleNode): boolean =>
  isGroup(node) ? node.nodes.length > 0 && node.nodes.every(isWhole) : !isOpen(node.value)

/** Where in the tree a path of the rule leads, such as `['not', 'any', '1', 'sku']` to `1`: an address of indexes. */
export const addressOf = (path: readonly string[]): string =>
  path.filter((part, index) => /^\d+$/.test(part) && ['all', 'any'].includes(path[index - 1] ?? '')).join('.')
