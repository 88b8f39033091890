/** A unit that goods are counted in, by what it measures and how many of the smallest unit of that it is. */
interface Unit {
  readonly of: 'MASS' | 'VOLUME' | 'LENGTH' | 'AREA' | 'PIECES'
  readonly size: bigint
  /** The same in every language: SI brochure, 9th edition, table 8. Pieces have none. */
  readonly symbol: string
}

/** The units that goods are sold by and unit prices are told for. */
export const UNITS = {
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
  PIECE: { of: 'PIECES', size: 1n, symbol: '' },
} as const satisfies Readonly<Record<string, Unit>>

/** A unit that goods are sold by. */
export type MeasureUnit = keyof typeof UNITS

/** Every unit. */
export const MEASURE_UNITS = Object.keys(UNITS) as [MeasureUnit, ...MeasureUnit[]]

/** The units that unit prices are told for when nothing else is said: Directive 98/6/EC, article 2(b). */
export const REFERENCE_UNITS: Readonly<Record<Unit['of'], MeasureUnit>> = {
  MASS: 'KILOGRAM',
  VOLUME: 'LITRE',
  LENGTH: 'METRE',
  AREA: 'SQUARE_METRE',
  PIECES: 'PIECE',
}

/** An amount of a unit in whole numbers, such as 750 ml. */
export interface Amount {
  readonly amount: number
  readonly unit: MeasureUnit
}

/** How many of the smallest unit of its kind an amount is. */
export const sizeOf = ({ amount, unit }: Amount): bigint => BigInt(amount) * UNITS[unit].size

/** True when both measure the same: a mass has no price per litre. */
export const areAlike = (a: MeasureUnit, b: MeasureUnit): boolean => UNITS[a].of === UNITS[b].of

const PIECES: Readonly<Record<string, string>> = { en: 'pc', es: 'ud.' }

/** The unit as it is written behind a number in a language: `kg`, `m²`, `ud.`. */
export const unitText = (unit: MeasureUnit, locale: string): string =>
  UNITS[unit].symbol || (PIECES[locale] ?? PIECES['en']!)
