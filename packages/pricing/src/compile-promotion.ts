import { ok, type Result } from '@hilo/kernel'
import type { Situation } from './condition.ts'
import { conditionKindOf } from './conditions.ts'
import {
  type AmountsByCurrency,
  PROMOTION_CLASSES,
  type PromotionClass,
  type PromotionDefinition,
  type PromotionTrigger,
  TRIGGERS,
} from './definition.ts'
import type { Reduction } from './effect.ts'
import { effectKindOf } from './effects.ts'
import { type PromotionInvalid, PRICING } from './errors.ts'
import { compileGate, compileWindow, type Gate, type Window } from './gate.ts'
import { impossibleRule } from './impossible-rule.ts'
import { amountsInItems, compileItems, type ItemPredicate, type ItemTest } from './item-predicate.ts'
import { validate } from './json-schema.ts'
import { PROMOTION_DEFS, PROMOTION_SCHEMA } from './promotion-schema.ts'
import type { Miss } from './trace.ts'

/** A promotion ready to be evaluated. Immutable: cache it by promotion id and version. */
export interface CompiledPromotion {
  readonly definition: PromotionDefinition
  readonly class: PromotionClass
  readonly priority: number
  readonly window: Window
  readonly gate: Gate
  /** The promotion's own items; absent when all are. */
  readonly matches: ItemTest | undefined
  /** Every predicate it can ask an item. */
  readonly predicates: readonly ItemTest[]
  readonly unmet: (situation: Situation) => Miss | undefined
  readonly reduction: Reduction
  /** By currency, in minor units; empty when nothing caps it. */
  readonly caps: ReadonlyMap<string, bigint>
  /** Bits of `classBit` that may reduce the same item. */
  readonly combines: number
}

/** One bit per class. */
export const classBit = (name: PromotionClass): number => 1 << PROMOTION_CLASSES.indexOf(name)

const ALL_CLASSES = (1 << PROMOTION_CLASSES.length) - 1

/** Checks a definition that came from outside and compiles it; refuses with the member and the reason. */
export const compilePromotion = (definition: unknown): Result<CompiledPromotion, PromotionInvalid> => {
  const invalid = validate(PROMOTION_SCHEMA, definition, PROMOTION_DEFS)
  if (invalid) return PRICING.refuse('PROMOTION_INVALID', { reason: invalid.reason }, invalid.path)
  const valid = definition as PromotionDefinition
  const currencies = sharedCurrencies(amountsOf(valid))
  const impossible = impossibleRule(valid, currencies)
  if (impossible) return PRICING.refuse('PROMOTION_INVALID', { reason: impossible.reason }, impossible.path)
  return ok(compileValid(valid, currencies))
}

/**
 * Compiles a definition as it was stored, and never refuses: what could not be created today holds as it always did, and
 * what is no definition at all is `UNREADABLE` in each trace. So no stored promotion stands in the way of the others.
 */
export const compileStored = (definition: unknown): CompiledPromotion => {
  if (!validate(PROMOTION_SCHEMA, definition, PROMOTION_DEFS)) {
    const valid = definition as PromotionDefinition
    return compileValid(valid, sharedCurrencies(amountsOf(valid)))
  }
  const written = (definition as Partial<PromotionDefinition> | null)?.trigger
  const trigger: PromotionTrigger = TRIGGERS.find((known) => known === written) ?? 'AUTOMATIC'
  const standIn = compileValid({ v: 1, trigger, effect: { kind: 'FREE_DELIVERY' } }, undefined)
  return { ...standIn, gate: () => ({ code: 'UNREADABLE', facts: {} }) }
}

const compileValid = (
  definition: PromotionDefinition,
  currencies: ReadonlySet<string> | undefined,
): CompiledPromotion => {
  const predicates: ItemTest[] = []
  const test = (items: ItemPredicate): ItemTest => {
    const compiled = compileItems(items)
    predicates.push(compiled)
    return compiled
  }
  const { effect, items, combinesWith } = definition
  const kind = effectKindOf(effect)
  const window = compileWindow(definition)
  return {
    definition,
    class: kind.classOf(effect),
    priority: definition.priority ?? 0,
    window,
    gate: compileGate(definition, window, currencies),
    matches: items && test(items),
    reduction: kind.compile(effect, test),
    predicates,
    unmet: compileConditions(definition),
    caps: new Map(Object.entries(capsOf(definition) ?? {}).map(([code, amount]) => [code, BigInt(amount)])),
    combines: combinesWith ? combinesWith.reduce((bits, name) => bits | classBit(name), 0) : ALL_CLASSES,
  }
}

const compileConditions = ({ conditions = [] }: PromotionDefinition): CompiledPromotion['unmet'] => {
  const tests = conditions.map((condition) => ({
    code: condition.kind,
    unmet: conditionKindOf(condition).compile(condition),
  }))
  return (situation) => {
    for (const { code, unmet } of tests) {
      const facts = unmet(situation)
      if (facts) return { code, facts }
    }
    return undefined
  }
}

const capsOf = ({ cap, caps }: PromotionDefinition): AmountsByCurrency | undefined =>
  caps ?? (cap && { [cap.currency]: cap.amountMinor })

const amountsOf = (definition: PromotionDefinition): AmountsByCurrency[] => {
  const { effect, items, conditions = [] } = definition
  const caps = capsOf(definition)
  const kind = effectKindOf(effect)
  return [
    ...(kind.amounts?.(effect) ?? []),
    ...(kind.predicates?.(effect) ?? []).flatMap((predicate) => amountsInItems(predicate.items)),
    ...(items ? amountsInItems(items) : []),
    ...(caps ? [caps] : []),
    ...conditions.flatMap((condition) => conditionKindOf(condition).amounts?.(condition) ?? []),
  ]
}

/** The currencies that every map has, or `undefined` when there is no map and any currency will do. */
const sharedCurrencies = (maps: readonly AmountsByCurrency[]): ReadonlySet<string> | undefined => {
  const [first, ...others] = maps
  if (!first) return undefined
  return new Set(Object.keys(first).filter((code) => others.every((map) => Object.hasOwn(map, code))))
}
