import { m } from '#lib/paraglide/messages.js'
import type { VariantData } from './product.ts'

type Unit = NonNullable<VariantData['measure']>['unit']

/** What kind of goods a variant is, while it is edited; whole numbers of 10^-scale of the unit as typed. */
export type GoodsDraft = {
  fulfilment: VariantData['fulfilment']
  trackStock: boolean
  /** Empty: sold by the piece. */
  unit: Unit | ''
  scale: string
  step: string
  minimum: string
  maximum: string
  /** What one piece holds; empty when no unit price is told. */
  content: string
  contentUnit: Unit
  reference: string
  referenceUnit: Unit
}

/** What the units are called, in the order in which they are offered. */
export const UNIT_NAMES: Readonly<Record<Unit, () => string>> = {
  KILOGRAM: m.unit_kilogram,
  GRAM: m.unit_gram,
  LITRE: m.unit_litre,
  CENTILITRE: m.unit_centilitre,
  MILLILITRE: m.unit_millilitre,
  METRE: m.unit_metre,
  CENTIMETRE: m.unit_centimetre,
  MILLIMETRE: m.unit_millimetre,
  SQUARE_METRE: m.unit_square_metre,
  SQUARE_CENTIMETRE: m.unit_square_centimetre,
  CUBIC_METRE: m.unit_cubic_metre,
  POUND: m.unit_pound,
  OUNCE: m.unit_ounce,
  GALLON: m.unit_gallon,
  FLUID_OUNCE: m.unit_fluid_ounce,
  YARD: m.unit_yard,
  FOOT: m.unit_foot,
  PIECE: m.unit_piece,
}

/** The units to choose from. */
export const unitOptions = (): { value: Unit; label: string }[] =>
  (Object.keys(UNIT_NAMES) as Unit[]).map((value) => ({ value, label: UNIT_NAMES[value]() }))

/** How goods reach the customer, to choose from. */
export const fulfilmentOptions = (): { value: GoodsDraft['fulfilment']; label: string }[] => [
  { value: 'PHYSICAL', label: m.fulfilment_physical() },
  { value: 'DIGITAL', label: m.fulfilment_digital() },
  { value: 'SERVICE', label: m.fulfilment_service() },
]

const text = (value: number | undefined): string => (value === undefined ? '' : String(value))

/** What the fields begin with. */
export const goodsDraftOf = ({
  fulfilment,
  trackStock,
  measure,
  unitPriceMeasure,
}: Pick<VariantData, 'fulfilment' | 'trackStock' | 'measure' | 'unitPriceMeasure'>): GoodsDraft => ({
  fulfilment,
  trackStock,
  unit: measure?.unit ?? '',
  scale: text(measure?.scale),
  step: text(measure?.step),
  minimum: text(measure?.minimum),
  maximum: text(measure?.maximum),
  content: text(unitPriceMeasure?.amount),
  contentUnit: unitPriceMeasure?.unit ?? 'GRAM',
  reference: text(unitPriceMeasure?.reference.amount),
  referenceUnit: unitPriceMeasure?.reference.unit ?? 'KILOGRAM',
})

const wholeOrNull = (typed: string): number | null => (typed.trim() ? Number(typed) : null)

/** What a mutation takes of the fields. */
export const goodsInput = (goods: GoodsDraft) => ({
  fulfilment: goods.fulfilment,
  trackStock: goods.trackStock,
  measure: goods.unit
    ? {
        unit: goods.unit,
        scale: Number(goods.scale),
        step: wholeOrNull(goods.step),
        minimum: wholeOrNull(goods.minimum),
        maximum: wholeOrNull(goods.maximum),
      }
    : null,
  unitPriceMeasure: goods.content.trim()
    ? {
        amount: Number(goods.content),
        unit: goods.contentUnit,
        reference: goods.reference.trim()
          ? { amount: Number(goods.reference), unit: goods.referenceUnit }
          : null,
      }
    : null,
})

const WHOLE = /^\d{1,7}$/

/** What stands in the way of saving, by field. */
export const goodsProblems = (goods: GoodsDraft): Record<string, string> => {
  const isWrong = (typed: string, required: boolean): boolean =>
    typed.trim() === '' ? required : !WHOLE.test(typed.trim())
  const measured: [keyof GoodsDraft, boolean][] = goods.unit
    ? [
        ['scale', true],
        ['step', false],
        ['minimum', false],
        ['maximum', false],
      ]
    : []
  const told: [keyof GoodsDraft, boolean][] = [
    ['content', false],
    ['reference', false],
  ]
  return Object.fromEntries(
    [...measured, ...told].flatMap(([field, required]) =>
      isWrong(goods[field] as string, required) ? [[field, m.number_invalid()]] : [],
    ),
  )
}

/** What one step comes to in words: `0.01 kg`. Nothing before a unit and a scale are there. */
export const stepText = ({ unit, scale, step }: GoodsDraft): string | undefined => {
  if (!unit || !WHOLE.test(scale.trim())) return undefined
  const amount = (wholeOrNull(step) ?? 1) / 10 ** Number(scale)
  return Number.isFinite(amount) ? `${amount} ${UNIT_NAMES[unit]()}` : undefined
}
