import type { Uuid } from '@hilo/kernel'
import { compileRule, type CompiledRule, keysOfProduct, type ProductFacts } from './compile-rule.ts'
import type { CollectionRule } from './rule.ts'

/** A collection by rule. */
export interface RuledCollection {
  readonly id: Uuid
  readonly rule: CollectionRule
}

/** Rules by what a product must have to fit them, so that a product is asked only about rules it may fit. */
export interface RuleIndex {
  /** The collections whose rules a product fits. */
  readonly collectionsOf: (facts: ProductFacts, now: Date) => Set<Uuid>
  /** How many rules are looked at for a product. */
  readonly lookedAt: (facts: ProductFacts) => number
}

type Entry = CompiledRule & { readonly id: Uuid }

/** Compiles rules and files each under its keys. */
export const indexRules = (collections: readonly RuledCollection[]): RuleIndex => {
  const byKey = new Map<string, Entry[]>()
  const always: Entry[] = []
  for (const { id, rule } of collections) {
    const entry = { id, ...compileRule(rule) }
    if (entry.keys === null) always.push(entry)
    for (const key of entry.keys ?? []) byKey.set(key, [...(byKey.get(key) ?? []), entry])
  }
  const candidates = (facts: ProductFacts): Set<Entry> =>
    new Set([...always, ...keysOfProduct(facts).flatMap((key) => byKey.get(key) ?? [])])
  return {
    collectionsOf: (facts, now) =>
      new Set([...candidates(facts)].filter(({ fits }) => fits(facts, now)).map(({ id }) => id)),
    lookedAt: (facts) => candidates(facts).size,
  }
}
