import type { Uuid } from '@hilo/kernel'
import { PPM } from '@hilo/kernel'
import type { ParityCell } from './cell.ts'
import { type Difference, explainDifference } from './difference.ts'
import type { ParityColumn } from './grid.ts'
import type { ParityGrid, ParityRow } from './read-grid.ts'

/** Within what prices shall be the same: every column of a market, or of all markets of a currency. */
export const PARITY_WITHIN = ['MARKET', 'CURRENCY'] as const

/** What a watch expects. */
export interface Expectation {
  readonly within: (typeof PARITY_WITHIN)[number]
  /** How far a unit may be from the first of its group, in parts per million of it. */
  readonly tolerancePpm: number
}

/** Two columns in which a variant does not cost the same. */
export interface Finding {
  readonly variantId: Uuid
  /** Places among the columns. */
  readonly column: number
  readonly baseline: number
  /** Minor units of one unit on the shelf; null where it is not sold. */
  readonly unitMinor: number | null
  readonly baselineMinor: number | null
  readonly currency: string
  readonly reasons: readonly Difference[]
}

const unitOf = ({ shelf }: ParityCell): bigint | undefined => shelf?.line.unit

const isWithin = (unit: bigint | undefined, standard: bigint | undefined, tolerancePpm: number): boolean => {
  if (unit === undefined || standard === undefined) return unit === standard
  const apart = unit > standard ? unit - standard : standard - unit
  return apart * PPM <= standard * BigInt(tolerancePpm)
}

const groupOf = ({ channel: { market } }: ParityColumn, within: Expectation['within']): string =>
  within === 'MARKET' ? market.id : market.currency

const toNumber = (amount: bigint | undefined): number | null => (amount === undefined ? null : Number(amount))

const judgeRow = (
  { variantId, cells }: ParityRow,
  groups: readonly (readonly number[])[],
  tolerancePpm: number,
): Finding[] =>
  groups.flatMap((group) => {
    const baseline = group.find((column) => unitOf(cells[column]!) !== undefined) ?? group[0]!
    const standard = cells[baseline]!
    return group.flatMap((column): Finding[] => {
      const cell = cells[column]!
      if (isWithin(unitOf(cell), unitOf(standard), tolerancePpm)) return []
      return [
        {
          variantId,
          column,
          baseline,
          unitMinor: toNumber(unitOf(cell)),
          baselineMinor: toNumber(unitOf(standard)),
          currency: cell.context.market.currency,
          reasons: explainDifference(cell, standard),
        },
      ]
    })
  })

/** Where a grid is not as expected: each column against the first of its group that sells the variant. */
export const judge = ({ columns, rows }: ParityGrid, { within, tolerancePpm }: Expectation): Finding[] => {
  const groups = [...Map.groupBy(columns.keys(), (column) => groupOf(columns[column]!, within)).values()]
  return rows.flatMap((row) => judgeRow(row, groups, tolerancePpm))
}
