import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

/** What can be counted in a document without its schema. */
export interface Measures {
  readonly depth: number
  readonly aliases: number
  readonly directives: number
  readonly rootFields: number
  readonly sameRootField: number
  readonly operations: number
  readonly selections: number
  readonly sameField: number
}

interface Counts {
  depth: number
  aliases: number
  directives: number
  selections: number
  /** How often a level below names the same field of the answer. */
  sameField: number
  /** The fields on this level by name, those of fragments included. */
  readonly fields: Map<string, number>
  /** Likewise by the name that they have in the answer. */
  readonly answers: Map<string, number>
}

const nothing = (): Counts => ({
  depth: 0,
  aliases: 0,
  directives: 0,
  selections: 0,
  sameField: 0,
  fields: new Map(),
  answers: new Map(),
})

const addCounts = (sum: Map<string, number>, part: ReadonlyMap<string, number>): void => {
  for (const [name, count] of part) sum.set(name, (sum.get(name) ?? 0) + count)
}

const most = (counts: ReadonlyMap<string, number>): number => Math.max(0, ...counts.values())

const addInto = (sum: Counts, part: Counts): void => {
  sum.depth = Math.max(sum.depth, part.depth)
  sum.aliases += part.aliases
  sum.directives += part.directives
  sum.selections += part.selections
  sum.sameField = Math.max(sum.sameField, part.sameField)
  addCounts(sum.fields, part.fields)
  addCounts(sum.answers, part.answers)
}

/**
 * Counts selections as if every fragment were written out, looking at each fragment once: a fragment bomb is counted, not
 * expanded. A fragment within itself counts nothing; validation refuses it.
 */
const counter = (document: DocumentNode) => {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node)
  }
  const known = new Map<string, Counts>()

  const ofFragment = (name: string): Counts => {
    const found = known.get(name)
    if (found) return found
    known.set(name, nothing())
    const fragment = fragments.get(name)
    const counts = fragment ? ofSelections(fragment.selectionSet) : nothing()
    counts.directives += fragment?.directives?.length ?? 0
    known.set(name, counts)
    return counts
  }

  const ofSelections = ({ selections }: SelectionSetNode): Counts => {
    const sum = nothing()
    for (const node of selections) {
      sum.directives += node.directives?.length ?? 0
      sum.selections += 1
      if (node.kind === Kind.FRAGMENT_SPREAD) addInto(sum, ofFragment(node.name.value))
      else if (node.kind === Kind.INLINE_FRAGMENT) addInto(sum, ofSelections(node.selectionSet))
      else {
        const name = node.name.value
        const inner = node.selectionSet ? ofSelections(node.selectionSet) : nothing()
        const depth = name.startsWith('__') ? 1 : inner.depth + 1
        const aliases = inner.aliases + (node.alias ? 1 : 0)
        addInto(sum, {
          ...inner,
          depth,
          aliases,
          sameField: Math.max(inner.sameField, most(inner.answers)),
          fields: new Map([[name, 1]]),
          answers: new Map([[node.alias?.value ?? name, 1]]),
        })
      }
    }
    return sum
  }
  return ofSelections
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0)

/** The largest counts of any operation of a document, parsed but not validated. */
export const measure = (document: DocumentNode): Measures => {
  const operations = document.definitions.filter(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  )
  const count = counter(document)
  const each = operations.map((operation) => {
    const counts = count(operation.selectionSet)
    return {
      depth: counts.depth,
      aliases: counts.aliases,
      directives: counts.directives + (operation.directives?.length ?? 0),
      rootFields: sum(counts.fields.values()),
      sameRootField: most(counts.fields),
      selections: counts.selections,
      sameField: counts.sameField,
    }
  })
  const largest = (name: keyof (typeof each)[number]) => Math.max(0, ...each.map((counts) => counts[name]))
  return {
    depth: largest('depth'),
    aliases: largest('aliases'),
    directives: largest('directives'),
    rootFields: largest('rootFields'),
    sameRootField: largest('sameRootField'),
    operations: operations.length,
    selections: largest('selections'),
    sameField: largest('sameField'),
  }
}

/** The first measure of a document that is above its limit. */
export const excess = (
  measures: Measures,
  limits: Measures,
): { readonly limit: keyof Measures; readonly found: number; readonly max: number } | undefined => {
  for (const limit of Object.keys(measures) as (keyof Measures)[]) {
    if (measures[limit] > limits[limit]) return { limit, found: measures[limit], max: limits[limit] }
  }
  return undefined
}
