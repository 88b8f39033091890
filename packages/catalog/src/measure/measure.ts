import { contentLocale, MAX_QUANTITY, ok, type Reader, type Result } from '@hilo/kernel'
import { GOODS_REFUSALS } from './errors.ts'
import { type MeasureUnit, unitText } from './unit.ts'

/** The finest scale: a millionth of the unit. */
export const MAX_SCALE = 6

/** How a quantity is written: whole numbers of 10^-scale of a unit. */
export interface Scale {
  readonly unit: MeasureUnit
  readonly scale: number
}

/** How a variant is sold by measure: step, minimum and maximum are quantities too, so integers of 10^-scale of the unit. */
export interface Measure extends Scale {
  readonly step: number
  /** The least that is sold; a multiple of the step. */
  readonly minimum: number
  /** The most of one line; a multiple of the step. */
  readonly maximum: number
}

const isWithin = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most

/** A measure as staff enter it: the step when left out is 1, the minimum the step, the maximum what a line can hold. */
export const readMeasure = (
  {
    unit,
    scale,
    step: givenStep,
    minimum: givenMinimum,
    maximum: givenMaximum,
  }: Scale & {
    readonly step?: number | null | undefined
    readonly minimum?: number | null | undefined
    readonly maximum?: number | null | undefined
  },
  path: readonly string[],
): Result<Measure> => {
  const step = givenStep ?? 1
  const minimum = givenMinimum ?? step
  const bad = (field: string) => GOODS_REFUSALS.refuse('MEASURE_INVALID', { field }, [...path, field])
  if (!isWithin(scale, 0, MAX_SCALE)) return bad('scale')
  if (!isWithin(step, 1, MAX_QUANTITY)) return bad('step')
  const maximum = givenMaximum ?? Math.floor(MAX_QUANTITY / step) * step
  if (!isWithin(minimum, 1, MAX_QUANTITY) || minimum % step !== 0) return bad('minimum')
  if (!isWithin(maximum, minimum, MAX_QUANTITY) || maximum % step !== 0) return bad('maximum')
  return ok({ unit, scale, step, minimum, maximum })
}

/** A quantity of a measured variant for people: `1.250 kg`, `1,250 kg`. Trailing zeros stay, as on a scale. */
export const measuredText = (quantity: number, { unit, scale }: Scale, reader: Reader): string => {
  const digits = { minimumFractionDigits: scale, maximumFractionDigits: scale }
  const number = new Intl.NumberFormat(contentLocale(reader), digits).format(quantity / 10 ** scale)
  return `${number}\u00A0${unitText(unit, reader.locale)}`
}

/** The nearest quantities that are sold, below and above: one when only one is. */
export const nearestQuantities = (
  quantity: number,
  { step, minimum, maximum }: Measure,
): readonly number[] => {
  const within = Math.min(Math.max(quantity, minimum), maximum)
  return [...new Set([Math.floor(within / step) * step, Math.ceil(within / step) * step])]
}

/** The digits of a quantity in its unit, the same in every language: `1.25`. */
const plain = (quantity: number, { scale, unit }: Scale): string =>
  `${(quantity / 10 ** scale).toFixed(scale)} ${unitText(unit, 'en')}`

/** A quantity that is sold of a variant, or the nearest ones. */
export const checkMeasured = (
  quantity: number,
  { measure, sku }: { readonly measure: Measure; readonly sku: string },
  path: readonly string[],
): Result<number> => {
  const nearest = nearestQuantities(quantity, measure)
  if (nearest.includes(quantity)) return ok(quantity)
  const facts = {
    sku,
    quantity,
    wanted: plain(quantity, measure),
    nearest: nearest.map((each) => plain(each, measure)),
    below: nearest[0]!,
    above: nearest.at(-1)!,
  }
  return GOODS_REFUSALS.refuse('QUANTITY_NOT_SOLD', facts, path)
}
