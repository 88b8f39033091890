/** A unit that goods are counted in, by what it measures and how much of the smallest metric unit of that it is. */
interface Unit {
  readonly of: 'MASS' | 'VOLUME' | 'LENGTH' | 'AREA' | 'PIECES'
  /** Grams, millilitres, millimetres, square centimetres or pieces, to be divided by `per`. */
  readonly size: bigint
  /** Default 1. */
  readonly per?: bigint
  /** US customary: its unit price is told by another of them. */
  readonly isUs?: true
  /** The same in every language: SI brochure, 9th edition, table 8; NIST Handbook 44, appendix C. Pieces have none. */
  readonly symbol: string
}

/** A US gallon is 231 cubic inches of 25.4 mm, which are 3,785.411784 ml, and 128 fluid ounces. */
const GALLON = { size: 3_785_411_784n, per: 1_000_000n }

/** The units that goods are sold by and unit prices are told for. */
const UNITS = {
  GRAM: { of: 'MASS', size: 1n, symbol: 'g' },
  KILOGRAM: { of: 'MASS', size: 1_000n, symbol: 'kg' },
  MILLILITRE: { of: 'VOLUME', size: 1n, symbol: 'ml' },
  CENTILITRE: { of: 'VOLUME', size: 10n, symbol: 'cl' },
  LITRE: { of: 'VOLUME', size: 1_000n, symbol: 'l' },
  CUBIC_METRE: { of: 'VOLUME', size: 1_000_000n, symbol: 'm³' },
  MILLIMETRE: { of: 'LENGTH', size: 1n, symbol: 'mm' },
  CENTIMETRE: { of: 'LENGTH', size: 10n, symbol: 'cm' },
  METRE: { of: 'LENGTH', size: 1_000n, symbol: 'm' },
  SQUARE_CENTIMETRE: { of: 'AREA', size: 1n, symbol: 'cm²' },
  SQUARE_METRE: { of: 'AREA', size: 10_000n, symbol: 'm²' },
  OUNCE: { of: 'MASS', size: 45_359_237n, per: 1_600_000n, symbol: 'oz', isUs: true },
  POUND: { of: 'MASS', size: 45_359_237n, per: 100_000n, symbol: 'lb', isUs: true },
  FLUID_OUNCE: { of: 'VOLUME', size: GALLON.size, per: 128n * GALLON.per, symbol: 'fl oz', isUs: true },
  GALLON: { of: 'VOLUME', ...GALLON, symbol: 'gal', isUs: true },
  FOOT: { of: 'LENGTH', size: 3_048n, per: 10n, symbol: 'ft', isUs: true },
  YARD: { of: 'LENGTH', size: 9_144n, per: 10n, symbol: 'yd', isUs: true },
  PIECE: { of: 'PIECES', size: 1n, symbol: '' },
} as const satisfies Readonly<Record<string, Unit>>

/** A unit that goods are sold by. */
export type MeasureUnit = keyof typeof UNITS

/** Every unit. */
export const MEASURE_UNITS = Object.keys(UNITS) as [MeasureUnit, ...MeasureUnit[]]

/** The units that unit prices are told for when nothing else is said: Directive 98/6/EC, article 2(b). */
const REFERENCE_UNITS: Readonly<Record<Unit['of'], MeasureUnit>> = {
  MASS: 'KILOGRAM',
  VOLUME: 'LITRE',
  LENGTH: 'METRE',
  AREA: 'SQUARE_METRE',
  PIECES: 'PIECE',
}

/** What shelves in the United States tell unit prices for, where the states name several. */
const US_REFERENCE_UNITS: Readonly<Partial<Record<Unit['of'], MeasureUnit>>> = {
  MASS: 'POUND',
  VOLUME: 'FLUID_OUNCE',
  LENGTH: 'FOOT',
}

/** The unit that a unit price of goods in this unit is told for when nothing else is said. */
export const referenceUnitOf = (unit: MeasureUnit): MeasureUnit => {
  const { of, isUs }: Unit = UNITS[unit]
  return (isUs && US_REFERENCE_UNITS[of]) || REFERENCE_UNITS[of]
}

/** An amount of a unit in whole numbers, such as 750 ml. */
export interface Amount {
  readonly amount: number
  readonly unit: MeasureUnit
}

/** How many times `one` goes into `other`, as a fraction in whole numbers. Both measure the same. */
export const ratioOf = (
  other: Amount,
  one: Amount,
): { readonly multiply: bigint; readonly divide: bigint } => {
  const [{ size: above, per: below = 1n }, { size, per = 1n }]: readonly [Unit, Unit] = [
    UNITS[other.unit],
    UNITS[one.unit],
  ]
  return { multiply: BigInt(other.amount) * above * per, divide: BigInt(one.amount) * size * below }
}

/** True when both measure the same: a mass has no price per litre. */
export const areAlike = (a: MeasureUnit, b: MeasureUnit): boolean => UNITS[a].of === UNITS[b].of

const PIECES: Readonly<Record<string, string>> = { en: 'pc', es: 'ud.' }

/** The unit as it is written behind a number in a language: `kg`, `m²`, `ud.`. */
export const unitText = (unit: MeasureUnit, locale: string): string =>
  UNITS[unit].symbol || (PIECES[locale] ?? PIECES['en']!)
