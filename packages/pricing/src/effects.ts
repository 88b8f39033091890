import type { EffectKind } from './effect.ts'
import { amount } from './effects/amount.ts'
import { percent } from './effects/percent.ts'

/** Every kind of effect, by its name. A new kind is a file in `effects/` and a line here. */
export const EFFECTS = {
  AMOUNT: amount,
  PERCENT: percent,
} as const

type EffectOf<K> = K extends EffectKind<infer E> ? E : never

/** What a promotion gives. */
export type Effect = EffectOf<(typeof EFFECTS)[keyof typeof EFFECTS]>

/** The kind that an effect is of. */
export const effectKindOf = (effect: Effect): EffectKind<Effect> =>
  EFFECTS[effect.kind] as unknown as EffectKind<Effect>
