import type { PromotionDefinition } from './definition.ts'
import { compileWindow } from './gate.ts'
import { type Problem, problem } from './problem.ts'
import { DAY } from './wall-clock.ts'

const HOUR = DAY / 24
/** How far the clocks of any zone are from UTC: from 14 hours ahead to 12 behind. */
const AHEAD = 14 * HOUR
const BEHIND = 12 * HOUR

/** Hours that never fall between start and end: in their zone, or in any zone where they are those of the market. */
export const impossibleHours = (definition: PromotionDefinition): Problem | undefined => {
  const { starts, ends, hours } = compileWindow(definition)
  // Whatever comes every week comes within eight days, one that the clocks make longer included.
  if (!hours || ends - starts >= 8 * DAY) return undefined
  const isFixed = definition.schedule?.timeZone !== undefined
  const [from, until] = isFixed ? [starts, ends] : [starts - BEHIND, ends + AHEAD]
  const state = hours(from, 'UTC')
  if (state.open || state.until < until) return undefined
  return problem(
    ['schedule', 'weekly'],
    'none of these hours lies between its start and its end',
    'ninguna de estas horas cae entre su comienzo y su fin',
  )
}

/** Conditions about earlier orders that contradict the audience, or each other. */
export const impossibleOrders = ({ audience, conditions = [] }: PromotionDefinition): Problem | undefined => {
  const { firstOrder, loggedIn } = audience ?? {}
  let [least, most] = [firstOrder === false ? 1 : 0, firstOrder === true ? 0 : Infinity]
  for (const [index, condition] of conditions.entries()) {
    if (condition.kind !== 'ORDER_COUNT') continue
    const path = ['conditions', String(index)]
    if (loggedIn === false) {
      return problem(path, 'nobody knows the orders of a guest', 'nadie conoce los pedidos de un invitado')
    }
    const { atLeast = 0, atMost = Infinity } = condition
    least = Math.max(least, atLeast)
    most = Math.min(most, atMost)
    if (least <= most) continue
    if (firstOrder === true && atLeast > 0) {
      const es = 'en el primer pedido nadie ha hecho pedidos antes'
      return problem(path, 'on the first order nobody has ordered before', es)
    }
    if (firstOrder === false && atMost === 0) {
      const es = 'desde el segundo pedido todos han hecho alguno antes'
      return problem(path, 'after the first order everybody has ordered before', es)
    }
    const es = 'ningún número de pedidos cumple todas las condiciones'
    return problem(path, 'no number of orders fits all conditions', es)
  }
  return undefined
}
