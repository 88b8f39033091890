import { MAX_QUANTITY } from '@hilo/kernel'
import type { EffectKind, Item } from '../effect.ts'
import type { FormFields } from '../form-hint.ts'
import { inLocale, type Phrasing } from '../phrasing.ts'
import type { ItemPredicate, ItemTest } from '../item-predicate.ts'
import type { ObjectSchema } from '../json-schema.ts'
import { alignTo, cheapestFirst, countUnits, rateOfUnits, type Units } from '../units.ts'

/** Some units of some items; of all of the promotion's items when `items` is absent. */
interface Side {
  readonly quantity: number
  readonly items?: ItemPredicate
}

/** For each `buy` the cheapest `get` at a rate off. A unit is bought or got, never both. */
export interface BuyXGetYEffect {
  readonly kind: 'BUY_X_GET_Y'
  readonly buy: Side
  readonly get: Side
  /** Off what is got; default 1000000, free. */
  readonly ratePpm?: number
  /** At most so often in one cart. */
  readonly times?: number
}

const SIDE: ObjectSchema = {
  type: 'object',
  required: ['quantity'],
  additionalProperties: false,
  properties: {
    quantity: { type: 'integer', minimum: 1, maximum: MAX_QUANTITY },
    items: { $ref: '#/$defs/items' },
  },
}

const SIDE_FIELDS: FormFields = {
  quantity: { widget: 'quantity', order: 1, label: { en: 'Units', es: 'Unidades' } },
  items: {
    widget: 'items',
    order: 2,
    label: { en: 'Items', es: 'Artículos' },
    help: { en: 'Absent: all of the promotion’s', es: 'Sin ellos: todos los de la promoción' },
  },
}

export const buyXGetY: EffectKind<BuyXGetYEffect> = {
  kind: 'BUY_X_GET_Y',
  schema: {
    type: 'object',
    required: ['kind', 'buy', 'get'],
    additionalProperties: false,
    properties: {
      kind: { const: 'BUY_X_GET_Y' },
      buy: SIDE,
      get: SIDE,
      ratePpm: { type: 'integer', minimum: 1, maximum: 1_000_000 },
      times: { type: 'integer', minimum: 1, maximum: MAX_QUANTITY },
    },
  },
  form: {
    label: { en: 'Buy some, get some', es: 'Compra unos, llévate otros' },
    fields: {
      buy: { widget: 'group', order: 1, label: { en: 'To buy', es: 'Se compra' }, fields: SIDE_FIELDS },
      get: { widget: 'group', order: 2, label: { en: 'To get', es: 'Se lleva' }, fields: SIDE_FIELDS },
      ratePpm: { widget: 'percent', order: 3, label: { en: 'Off what is got', es: 'Sobre lo que se lleva' } },
      times: {
        widget: 'quantity',
        order: 4,
        label: { en: 'At most so often', es: 'Como mucho tantas veces' },
      },
    },
  },
  classOf: () => 'LINE',
  predicates: ({ buy, get }) => [
    ...(buy.items ? [{ path: ['buy', 'items'], items: buy.items }] : []),
    ...(get.items ? [{ path: ['get', 'items'], items: get.items }] : []),
  ],
  compile: ({ buy, get, ratePpm = 1_000_000, times = MAX_QUANTITY }, test) => {
    const isBought = buy.items ? test(buy.items) : () => true
    const isGot = get.items ? test(get.items) : () => true
    const sizes = { buy: BigInt(buy.quantity), get: BigInt(get.quantity), times: BigInt(times) }
    return {
      on: 'ITEMS',
      reduce: (items) => {
        const pools = divide(items, isBought, isGot)
        const sets = countSets(pools, sizes)
        if (sets === 0n) return { code: 'MIN_QUANTITY', facts: shortage(pools, sizes) }
        const got = takeGot(pools, sets, sizes)
        return alignTo(items, new Map(got.map((units) => [units.item, rateOfUnits(units, BigInt(ratePpm))])))
      },
    }
  },
  phrase: ({ buy, get, ratePpm = 1_000_000 }, say) => {
    const bought = side(buy, say)
    const got = side(get, say)
    const rate = say.percent(ratePpm)
    const free = ratePpm === 1_000_000
    return inLocale(say, {
      en: `buy ${bought}, get ${got} ${free ? 'free' : `at ${rate} off`}`,
      es: `compra ${bought} y llévate ${got} ${free ? 'gratis' : `con ${rate} de descuento`}`,
    })
  },
}

interface Pools {
  /** Only to be bought, only to be got, and either. */
  readonly bought: readonly Item[]
  readonly got: readonly Item[]
  readonly either: readonly Item[]
}

interface Sizes {
  readonly buy: bigint
  readonly get: bigint
  readonly times: bigint
}

const divide = (items: readonly Item[], isBought: ItemTest, isGot: ItemTest): Pools => ({
  bought: items.filter(({ facts }) => isBought(facts) && !isGot(facts)),
  got: items.filter(({ facts }) => !isBought(facts) && isGot(facts)),
  either: items.filter(({ facts }) => isBought(facts) && isGot(facts)),
})

const least = (first: bigint, ...others: bigint[]): bigint => others.reduce((a, b) => (b < a ? b : a), first)

/** The most sets for which every unit has one role only (Hall's condition for two roles). */
const countSets = ({ bought, got, either }: Pools, { buy, get, times }: Sizes): bigint => {
  const [b, g, e] = [countUnits(bought), countUnits(got), countUnits(either)]
  return least(times, (b + e) / buy, (g + e) / get, (b + g + e) / (buy + get))
}

/** The cheapest units that leave enough to be bought. */
const takeGot = ({ bought, got, either }: Pools, sets: bigint, { buy, get }: Sizes): Units[] => {
  const missing = sets * buy - countUnits(bought)
  let spare = countUnits(either) - (missing > 0n ? missing : 0n)
  let wanted = sets * get
  const shared = new Set(either)
  const taken: Units[] = []
  for (const item of cheapestFirst([...got, ...either])) {
    const count = least(item.count, wanted, shared.has(item) ? spare : item.count)
    if (count === 0n) continue
    taken.push({ item, count })
    wanted -= count
    if (shared.has(item)) spare -= count
  }
  return taken
}

const shortage = ({ bought, got, either }: Pools, { buy, get }: Sizes) => {
  const have = Number(countUnits(bought) + countUnits(got) + countUnits(either))
  const need = Number(buy + get)
  return { have, need, missing: Math.max(1, need - have) }
}

const side = ({ quantity, items }: Side, say: Phrasing): string => {
  const name = items ? say.items(items) : say.eligible
  return name === undefined || name === '' ? String(quantity) : `${quantity} × ${name}`
}
