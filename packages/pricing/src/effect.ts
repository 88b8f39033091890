import type { AmountsByCurrency, PromotionClass } from './definition.ts'
import type { KindForm } from './form-hint.ts'
import type { ItemFacts, ItemPredicate, ItemTest } from './item-predicate.ts'
import type { ObjectSchema } from './json-schema.ts'
import type { Problem } from './problem.ts'
import type { Phrasing } from './phrasing.ts'
import type { Miss } from './trace.ts'

/** All units of one variant at one price, as conditions and effects see them. Amounts in minor units. */
export interface Item {
  readonly facts: ItemFacts
  /** Of a measured variant in units of 10^-scale. */
  readonly quantity: bigint
  /** The quantity that `unit` is the price of: 1, of a measured variant 10^scale. */
  readonly per: bigint
  /** What counts as so many: pieces, of a measured variant its whole measures. */
  readonly count: bigint
  /** One unit, or one whole measure, as CATALOG promotions left it. */
  readonly unit: bigint
  /** unit × quantity ÷ per − what promotions before took off. */
  readonly left: bigint
}

/** What an effect compiles to, told apart by what it reduces; this decides the class. */
export type Reduction =
  /** CATALOG: a new price of one unit, already rounded. A price not below the old one changes nothing. */
  | { readonly on: 'UNIT'; readonly price: (unit: bigint, currency: string) => bigint }
  /** LINE or ORDER: what to take off each item, at most what is left of it; or why it cannot. */
  | {
      readonly on: 'ITEMS'
      readonly reduce: (items: readonly Item[], currency: string) => readonly bigint[] | Miss
    }
  /** SHIPPING: what to take off delivery. */
  | { readonly on: 'DELIVERY'; readonly reduce: (delivery: bigint, currency: string) => bigint }
  /** GIFT: how many of a variant the cart gets for nothing. */
  | {
      readonly on: 'GIFT'
      readonly variantId: string
      readonly quantity: (items: readonly Item[]) => number | Miss
    }
  /** POINTS: how many the customer earns, knowing those earned before. */
  | {
      readonly on: 'POINTS'
      readonly earn: (items: readonly Item[], currency: string, before: number) => number | Miss
    }

/** One kind of effect: its data, its schema, its arithmetic and its words. One file of `effects/` each. */
export interface EffectKind<E extends { readonly kind: string }> {
  readonly kind: E['kind']
  readonly schema: ObjectSchema
  readonly form: KindForm
  readonly classOf: (effect: E) => PromotionClass
  /** Maps of amounts that it needs in the cart's currency. */
  readonly amounts?: (effect: E) => readonly AmountsByCurrency[]
  /** Predicates inside it, with their place. */
  readonly predicates?: (
    effect: E,
  ) => readonly { readonly path: readonly string[]; readonly items: ItemPredicate }[]
  /** Why a valid effect can never do anything. */
  readonly impossible?: (effect: E) => Problem | undefined
  readonly compile: (effect: E, test: (items: ItemPredicate) => ItemTest) => Reduction
  /** "10 % off", "free delivery", with the items when `say` has them. */
  readonly phrase: (effect: E, say: Phrasing) => string
}
