import type { Uuid } from '@hilo/kernel'
import type { CollectionRule } from './rule.ts'

/** A value of an attribute as rules compare it: choices by their codes, dates as `2026-11-27`. */
export type RuleValue = string | number | boolean

/** What rules look at in a product; texts in lower case as the database makes them. */
export interface ProductFacts {
  readonly productId: Uuid
  readonly productTypeId: Uuid | null
  readonly createdAt: number
  /** Its categories and all their ancestors. */
  readonly categoryIds: ReadonlySet<Uuid>
  readonly names: readonly string[]
  readonly skus: readonly string[]
  /** By the attribute's code: its own and those of its variants. */
  readonly values: ReadonlyMap<string, readonly RuleValue[]>
}

/** A rule ready to be asked. */
export interface CompiledRule {
  readonly fits: (facts: ProductFacts, now: Date) => boolean
  /** A product that fits has at least one of these keys (see `keysOfProduct`); null when any product may fit. */
  readonly keys: readonly string[] | null
}

const DAY = 24 * 60 * 60 * 1_000

/** Since when a product must have been created to be at most so many days old. */
export const ageLimit = (days: number, now: Date): Date => new Date(now.getTime() - days * DAY)

const categoryKey = (id: Uuid): string => `category ${id}`
const typeKey = (id: Uuid): string => `type ${id}`
const attributeKey = (code: string): string => `attribute ${code}`
const valueKey = (code: string, value: RuleValue): string => `value ${JSON.stringify([code, value])}`
const textKey = (field: 'name' | 'sku', text: string): string => `${field} ${text[0]}`

/** The keys under which the rules that a product may fit are found. */
export const keysOfProduct = (facts: ProductFacts): string[] => [
  ...(facts.productTypeId ? [typeKey(facts.productTypeId)] : []),
  ...[...facts.categoryIds].map(categoryKey),
  ...facts.names.map((name) => textKey('name', name)),
  ...facts.skus.map((sku) => textKey('sku', sku)),
  ...[...facts.values].flatMap(([code, values]) => [
    attributeKey(code),
    ...values.map((value) => valueKey(code, value)),
  ]),
]

/** All of them: one branch is enough to find it by, and the one with the fewest keys is found least in vain. */
const fewest = (branches: readonly CompiledRule[]): readonly string[] | null =>
  branches
    .map(({ keys }) => keys)
    .filter((keys) => keys !== null)
    .sort((a, b) => a.length - b.length)[0] ?? null

const union = (branches: readonly CompiledRule[]): readonly string[] | null =>
  branches.some(({ keys }) => keys === null) ? null : branches.flatMap(({ keys }) => keys ?? [])

const compileText = (field: 'name' | 'sku', text: NonNullable<CollectionRule['name']>): CompiledRule => {
  const textsOf = ({ names, skus }: ProductFacts) => (field === 'name' ? names : skus)
  if (text.startsWith !== undefined) {
    const start = text.startsWith.toLowerCase()
    return {
      keys: [textKey(field, start)],
      fits: (facts) => textsOf(facts).some((found) => found.startsWith(start)),
    }
  }
  const part = text.contains!.toLowerCase()
  return { keys: null, fits: (facts) => textsOf(facts).some((found) => found.includes(part)) }
}

const compileAttribute = ({
  code,
  in: wanted,
  atLeast,
  atMost,
}: NonNullable<CollectionRule['attribute']>): CompiledRule => {
  const valuesOf = ({ values }: ProductFacts) => values.get(code) ?? []
  if (wanted) {
    const known = new Set(wanted)
    return {
      keys: wanted.map((value) => valueKey(code, value)),
      fits: (facts) => valuesOf(facts).some((value) => known.has(value)),
    }
  }
  const kind = typeof (atLeast ?? atMost)
  const isWithin = (value: RuleValue): boolean =>
    typeof value === kind &&
    (atLeast === undefined || value >= atLeast) &&
    (atMost === undefined || value <= atMost)
  return { keys: [attributeKey(code)], fits: (facts) => valuesOf(facts).some(isWithin) }
}

/** Compiles a rule whose references are database ids. */
export const compileRule = (rule: CollectionRule): CompiledRule => {
  if (rule.all) {
    const branches = rule.all.map(compileRule)
    return {
      keys: fewest(branches),
      fits: (facts, now) => branches.every((branch) => branch.fits(facts, now)),
    }
  }
  if (rule.any) {
    const branches = rule.any.map(compileRule)
    return { keys: union(branches), fits: (facts, now) => branches.some((branch) => branch.fits(facts, now)) }
  }
  if (rule.not) {
    const branch = compileRule(rule.not)
    return { keys: null, fits: (facts, now) => !branch.fits(facts, now) }
  }
  if (rule.category) {
    const ids = rule.category
    return { keys: ids.map(categoryKey), fits: ({ categoryIds }) => ids.some((id) => categoryIds.has(id)) }
  }
  if (rule.productType) {
    const ids = new Set<Uuid | null>(rule.productType)
    return { keys: rule.productType.map(typeKey), fits: ({ productTypeId }) => ids.has(productTypeId) }
  }
  if (rule.attribute) return compileAttribute(rule.attribute)
  if (rule.name) return compileText('name', rule.name)
  if (rule.sku) return compileText('sku', rule.sku)
  const days = rule.createdWithinDays!
  return { keys: null, fits: ({ createdAt }, now) => createdAt > ageLimit(days, now).getTime() }
}
