import {
  type Application,
  explainPrice,
  type Facts,
  type PriceCandidate,
  type PriceMiss,
  type TraceEntry,
} from '@hilo/pricing'
import { faceOf, type ParityCell } from './cell.ts'

/** Why two cells of a row are not alike. */
export const DIFFERENCE_CODES = [
  'NOT_PUBLISHED',
  'NOT_PRICED',
  'CURRENCY',
  'TAX_MODE',
  'MARKET_RULES',
  'PRICE_LIST',
  'PRICE_ROW',
  'COMPONENTS',
  'COMPARED_PRICE',
  'PROMOTION',
  'PROMOTION_AMOUNT',
] as const

/** One reason, from a cell (`here`) to the one it is compared with (`there`). */
export interface Difference {
  readonly code: (typeof DIFFERENCE_CODES)[number]
  readonly facts: Facts
  /** The promotion that it is about. */
  readonly trace?: TraceEntry
}

const isSameRow = (a: PriceCandidate, b: PriceCandidate): boolean =>
  a.id === b.id && a.priceListId === b.priceListId

/**
 * Why a row that is chosen in one cell is not in another: what `explainPrice` says of it there, and `TIME` for one that
 * fits but does not hold then.
 */
export const missIn = (row: PriceCandidate, cell: ParityCell): PriceMiss | 'TIME' => {
  const others = cell.candidates.filter((one) => !isSameRow(one, row))
  const { rejected } = explainPrice([row, ...others], cell.request)
  return rejected.find(({ candidate }) => candidate === row)?.reason ?? 'TIME'
}

const listFact = (name: string, row: PriceCandidate | undefined) =>
  row?.priceListId ? { [name]: row.priceListId } : {}

/** The row of one side, and why the other side has another: from the cells' own explanations. */
const rowDifference = (here: ParityCell, there: ParityCell): Difference[] => {
  const [mine, theirs] = [here.chosen, there.chosen]
  if (!mine && !theirs) {
    const isSame =
      here.shelf?.line.unitList === there.shelf?.line.unitList &&
      here.shelf?.line.unit === there.shelf?.line.unit
    return isSame ? [] : [{ code: 'COMPONENTS', facts: {} }]
  }
  if (mine && theirs && isSameRow(mine, theirs) && mine.amountMinor === theirs.amountMinor) {
    const compared = (cell: ParityCell) => cell.shelf!.line.unitList
    const isSale = mine.kind === 'SALE' && compared(here) !== compared(there)
    return isSale ? [{ code: 'COMPARED_PRICE', facts: listFact('list', mine) }] : []
  }
  return [
    {
      code: mine?.priceListId === theirs?.priceListId ? 'PRICE_ROW' : 'PRICE_LIST',
      facts: {
        ...listFact('list', mine),
        ...listFact('otherList', theirs),
        ...(mine && { missThere: missIn(mine, there) }),
        ...(theirs && { missHere: missIn(theirs, here) }),
      },
    },
  ]
}

const entryOf = ({ shelf }: ParityCell, promotionId: string): TraceEntry | undefined =>
  shelf?.trace.find((entry) => entry.promotionId === promotionId)

const promotionDifferences = (here: ParityCell, there: ParityCell): Difference[] => {
  const applied = ({ shelf }: ParityCell) => new Map(shelf!.applications.map((one) => [one.promotionId, one]))
  const [mine, theirs] = [applied(here), applied(there)]
  return [...new Set([...mine.keys(), ...theirs.keys()])].flatMap((promotionId): Difference[] => {
    const [own, other] = [mine.get(promotionId), theirs.get(promotionId)]
    if (own && other) return amountDifference(own, other, entryOf(here, promotionId))
    // Of the side where it does not apply, the trace says why.
    const [missing, applies] = own ? [there, here] : [here, there]
    const miss = entryOf(missing, promotionId)
    const facts = { promotionId, appliesHere: own !== undefined, code: miss?.code ?? 'CODE_REQUIRED' }
    const trace = miss ?? entryOf(applies, promotionId)
    return [{ code: 'PROMOTION', facts, ...(trace && { trace }) }]
  })
}

const amountDifference = (
  own: Application,
  other: Application,
  trace: TraceEntry | undefined,
): Difference[] =>
  own.amount === other.amount && own.version === other.version
    ? []
    : [{ code: 'PROMOTION_AMOUNT', facts: { promotionId: own.promotionId }, ...(trace && { trace }) }]

const marketDifferences = (here: ParityCell, there: ParityCell): Difference[] => {
  const [mine, theirs] = [here.context.market, there.context.market]
  const found: Difference[] = []
  if (mine.currency !== theirs.currency)
    found.push({ code: 'CURRENCY', facts: { here: mine.currency, there: theirs.currency } })
  if (mine.pricesIncludeTax !== theirs.pricesIncludeTax)
    found.push({ code: 'TAX_MODE', facts: { included: mine.pricesIncludeTax } })
  if ((mine.stacking ?? 'STACK') !== (theirs.stacking ?? 'STACK'))
    found.push({
      code: 'MARKET_RULES',
      facts: { here: mine.stacking ?? 'STACK', there: theirs.stacking ?? 'STACK' },
    })
  return found
}

/**
 * Every reason why one cell says something else than another of its row; none when they are alike. What differs in how
 * markets reckon stands first, then the row of the price, then promotions.
 */
export const explainDifference = (here: ParityCell, there: ParityCell): Difference[] => {
  if (faceOf(here) === faceOf(there)) return []
  if (here.published !== there.published)
    return [{ code: 'NOT_PUBLISHED', facts: { here: here.published, there: there.published } }]
  const market = marketDifferences(here, there)
  if (!here.shelf || !there.shelf) {
    const row = here.chosen ?? there.chosen
    const miss = row && missIn(row, here.chosen ? there : here)
    const facts = { here: here.shelf !== undefined, there: there.shelf !== undefined, ...(miss && { miss }) }
    return [...market, { code: 'NOT_PRICED', facts: { ...facts, ...listFact('list', row) } }]
  }
  return [...market, ...rowDifference(here, there), ...promotionDifferences(here, there)]
}
