import type { BackdropName, ColorName } from './palette.ts'
import type { Pen } from './pen.ts'

/** What is drawn: a shape and how this one differs from others of its shape. */
export interface Look {
  readonly shape: string
  readonly backdrop: BackdropName
  readonly color: ColorName
  readonly accent?: ColorName
  /** Capitals, digits and spaces, as drawn on the label. */
  readonly label?: string
  /** The ornament on a label, a fabric or a canvas. */
  readonly motif?: string
  /** What furniture stands on. */
  readonly legs?: ColorName
  /** A form of the shape, e.g. `tall` for a candle; each shape says which it knows. */
  readonly form?: string
}

/** Where a thing is seen: on a table or floor before a wall, hanging on the wall, or from above. */
export type Setting = 'standing' | 'hanging' | 'lying'

/** Draws one kind of thing in the middle of an 800 by 800 picture; what stands has its feet at y 640. */
export interface Shape {
  readonly setting: Setting
  /** True for what light goes through: it needs the deep tone of the backdrop to be seen. */
  readonly clear?: boolean
  readonly draw: (pen: Pen, look: Look) => string
}
