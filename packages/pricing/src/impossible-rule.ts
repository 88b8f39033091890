import { conditionKindOf } from './conditions.ts'
import type { PromotionDefinition } from './definition.ts'
import { effectKindOf } from './effects.ts'
import { impossibleItems } from './item-predicate.ts'
import type { Problem } from './json-schema.ts'

const under = (path: readonly string[], problem: Problem | undefined): Problem | undefined =>
  problem && { path: [...path, ...problem.path], reason: problem.reason }

/** Why a definition that fits the schema can never apply. */
export const impossibleRule = (
  definition: PromotionDefinition,
  currencies: ReadonlySet<string> | undefined,
): Problem | undefined => {
  const { startsAt, endsAt, schedule, audience, items, effect, cap, conditions = [] } = definition
  if (startsAt && endsAt && Date.parse(startsAt) >= Date.parse(endsAt)) {
    return { path: ['endsAt'], reason: 'it ends before it starts' }
  }
  const still = schedule?.weekly.findIndex(({ from, until }) => from === until) ?? -1
  if (still !== -1) {
    const path = ['schedule', 'weekly', String(still), 'until']
    return { path, reason: 'must not be the same as from; a whole day is 00:00 to 24:00' }
  }
  if (audience?.loggedIn === false) {
    const { customerGroups, segments, loyaltyTiers, firstOrder } = audience
    if (customerGroups) return { path: ['audience', 'loggedIn'], reason: 'a guest is in no customer group' }
    if (segments || loyaltyTiers || firstOrder !== undefined) {
      return { path: ['audience', 'loggedIn'], reason: 'a guest has no segment, tier or orders' }
    }
  }
  if (currencies?.size === 0) {
    return { path: ['effect'], reason: 'its amounts have no currency in common' }
  }
  const kind = effectKindOf(effect)
  const name = kind.classOf(effect)
  if (cap && (name === 'GIFT' || name === 'POINTS')) {
    return { path: ['cap'], reason: 'there is nothing to cap: it takes nothing off' }
  }
  for (const predicate of [
    ...(items ? [{ path: ['items'], items }] : []),
    ...(kind.predicates?.(effect) ?? []).map(({ path, items }) => ({ path: ['effect', ...path], items })),
  ]) {
    const found = under(predicate.path, impossibleItems(predicate.items))
    if (found) return found
  }
  for (const [index, condition] of conditions.entries()) {
    const found = conditionKindOf(condition).impossible?.(condition)
    if (found) return under(['conditions', String(index)], found)
  }
  return under(['effect'], kind.impossible?.(effect))
}
