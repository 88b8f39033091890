import type { EffectKind } from './effect.ts'
import { amount } from './effects/amount.ts'
import { bundle } from './effects/bundle.ts'
import { buyXGetY } from './effects/buy-x-get-y.ts'
import { cheapest } from './effects/cheapest.ts'
import { fixedPrice } from './effects/fixed-price.ts'
import { freeDelivery } from './effects/free-delivery.ts'
import { gift } from './effects/gift.ts'
import { percent } from './effects/percent.ts'
import { points } from './effects/points.ts'
import { tiered } from './effects/tiered.ts'

/** Every kind of effect, by its name. A new kind is a file in `effects/` and a line here. */
export const EFFECTS = {
  AMOUNT: amount,
  BUNDLE: bundle,
  BUY_X_GET_Y: buyXGetY,
  CHEAPEST: cheapest,
  FIXED_PRICE: fixedPrice,
  FREE_DELIVERY: freeDelivery,
  GIFT: gift,
  PERCENT: percent,
  POINTS: points,
  TIERED: tiered,
} as const

type EffectOf<K> = K extends EffectKind<infer E> ? E : never

/** What a promotion gives. */
export type Effect = EffectOf<(typeof EFFECTS)[keyof typeof EFFECTS]>

/** The kind that an effect is of. */
export const effectKindOf = (effect: Effect): EffectKind<Effect> =>
  EFFECTS[effect.kind] as unknown as EffectKind<Effect>
