import { conditionKindOf } from './conditions.ts'
import type { PromotionDefinition } from './definition.ts'
import { effectKindOf } from './effects.ts'
import { impossibleHours, impossibleOrders } from './impossible-combination.ts'
import { impossibleItems } from './impossible-items.ts'
import { type Problem, problem } from './problem.ts'

const under = (path: readonly string[], found: Problem | undefined): Problem | undefined =>
  found && { path: [...path, ...found.path], reason: found.reason }

/** `Date.parse` takes 30 February for 2 March. */
const isDay = (day: string): boolean => new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)

/** Why a definition that fits the schema can never apply. */
export const impossibleRule = (
  definition: PromotionDefinition,
  currencies: ReadonlySet<string> | undefined,
): Problem | undefined => {
  const { startsAt, endsAt, schedule, audience, items, effect, cap, caps, conditions = [] } = definition
  const noDay = Object.entries({ startsAt, endsAt }).find(([, time]) => time && !isDay(time.slice(0, 10)))
  if (noDay)
    return problem([noDay[0]], 'is on a day that its month does not have', 'es de un día que su mes no tiene')
  if (startsAt && endsAt && Date.parse(startsAt) >= Date.parse(endsAt)) {
    return { path: ['endsAt'], reason: { en: 'it ends before it starts', es: 'termina antes de empezar' } }
  }
  const still = schedule?.weekly.findIndex(({ from, until }) => from === until) ?? -1
  if (still !== -1) {
    const path = ['schedule', 'weekly', String(still), 'until']
    return {
      path,
      reason: {
        en: 'must not be the same as from; a whole day is 00:00 to 24:00',
        es: 'no debe ser igual que el comienzo; un día entero va de 00:00 a 24:00',
      },
    }
  }
  const never = impossibleHours(definition)
  if (never) return never
  if (audience?.loggedIn === false) {
    const { customerGroups, segments, loyaltyTiers, firstOrder } = audience
    const path = ['audience', 'loggedIn']
    if (customerGroups) {
      const es = 'un invitado no está en ningún grupo de clientes'
      return { path, reason: { en: 'a guest is in no customer group', es } }
    }
    if (segments || loyaltyTiers || firstOrder !== undefined) {
      const es = 'un invitado no tiene segmento, nivel ni pedidos'
      return { path, reason: { en: 'a guest has no segment, tier or orders', es } }
    }
  }
  if (currencies?.size === 0) {
    const es = 'sus importes no tienen ninguna moneda en común'
    return { path: ['effect'], reason: { en: 'its amounts have no currency in common', es } }
  }
  const kind = effectKindOf(effect)
  const name = kind.classOf(effect)
  if (cap && caps) return problem(['caps'], 'must not stand beside cap', 'no puede estar junto con cap')
  if ((cap ?? caps) && (name === 'GIFT' || name === 'POINTS')) {
    const es = 'no hay nada que limitar: no descuenta nada'
    return problem([cap ? 'cap' : 'caps'], 'there is nothing to cap: it takes nothing off', es)
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
  return impossibleOrders(definition) ?? under(['effect'], kind.impossible?.(effect))
}
