import { categoriesByIds, collectionsByIds, productPage, variantsHeld } from '@hilo/catalog'
import type { Context } from '@hilo/db'
import { COMMON, encodeId, type Localized, ok, type Result, type Uuid } from '@hilo/kernel'
import { faceOf } from './cell.ts'
import { type Difference, explainDifference } from './difference.ts'
import { PARITY } from './errors.ts'
import { MAX_CELLS, type ParityDimensions, widthOf } from './grid.ts'
import { type ParityGrid, type ParityRow, readGrid } from './read-grid.ts'

/** What is compared: variants, or those of a category (with all below it) or of a collection, by name. */
export interface ParityTarget {
  readonly variantIds?: readonly Uuid[]
  readonly categoryId?: Uuid
  readonly collectionId?: Uuid
}

/** A cell that is not like the first of its row that is sold. */
export interface Deviation {
  readonly column: number
  readonly reasons: readonly Difference[]
}

/** A row with what is different in it. */
export interface ReportedRow extends ParityRow {
  /** The column that the others are compared with. */
  readonly baseline: number
  readonly deviations: readonly Deviation[]
}

/** A grid with every difference explained. */
export interface ParityReport extends Pick<ParityGrid, 'columns'> {
  readonly rows: readonly ReportedRow[]
  /** True when the category or the collection has more variants than a report can hold. */
  readonly truncated: boolean
}

/** Compares each cell of a row with the first that has a price. */
export const reportRow = (row: ParityRow): ReportedRow => {
  const priced = row.cells.findIndex(({ shelf }) => shelf !== undefined)
  const baseline = Math.max(priced, 0)
  const standard = row.cells[baseline]!
  const face = faceOf(standard)
  const deviations = row.cells.flatMap((cell, column): Deviation[] =>
    faceOf(cell) === face ? [] : [{ column, reasons: explainDifference(cell, standard) }],
  )
  return { ...row, baseline, deviations }
}

/** What a target is now. */
export interface TargetFound {
  readonly ids: readonly Uuid[]
  /** True when the category or the collection has more variants than fit. */
  readonly truncated: boolean
  /** Of the category or the collection. */
  readonly name?: Localized
}

/** The variants of a target that fit into a grid of so many cells at most, and whether there are more. */
export const targetVariants = async (
  ctx: Context,
  { variantIds, categoryId, collectionId }: ParityTarget,
  dimensions: ParityDimensions,
  maxCells: number,
): Promise<Result<TargetFound>> => {
  const limit = Math.floor(maxCells / widthOf(dimensions))
  if (limit === 0) return PARITY.refuse('PARITY_TOO_LARGE', { max: maxCells }, ['channelIds'])
  if (variantIds) {
    const ids = [...new Set(variantIds)]
    if (ids.length > limit) return PARITY.refuse('PARITY_TOO_LARGE', { max: maxCells }, ['variantIds'])
    const rows = ids.length > 0 ? await variantsHeld(ctx.db, ids) : []
    const held = new Set(rows.map(({ id }) => id))
    const missing = ids.find((id) => !held.has(id))
    if (!missing) return ok({ ids, truncated: false })
    return COMMON.refuse('NOT_FOUND', { kind: 'variant', id: encodeId('variant', missing) }, ['variantIds'])
  }
  const view = { channelId: ctx.channel.id, seesAll: true, now: ctx.now() }
  const [category] = categoryId ? await categoriesByIds(ctx.db, [categoryId]) : []
  if (categoryId && !category) {
    return COMMON.refuse('NOT_FOUND', { kind: 'category', id: encodeId('category', categoryId) }, [
      'categoryId',
    ])
  }
  const [collection] = collectionId ? await collectionsByIds(ctx.db, view, [collectionId]) : []
  if (collectionId && !collection) {
    const id = encodeId('collection', collectionId)
    return COMMON.refuse('NOT_FOUND', { kind: 'collection', id }, ['collectionId'])
  }
  const products = await productPage(ctx.db, {
    view,
    reader: ctx,
    filter: { status: 'PUBLISHED', ...(categoryId && { categoryId }), ...(collectionId && { collectionId }) },
    sort: { field: 'NAME', direction: 'asc' },
    after: undefined,
    limit: limit + 1,
    withVariants: true,
  })
  const all = products.flatMap(({ variants = [] }) => variants.map(({ id }) => id))
  const name = (category ?? collection)?.name
  return ok({ ids: all.slice(0, limit), truncated: all.length > limit, ...(name && { name }) })
}

/** The grid of a target over dimensions, with a reason for each difference. Refuses `PARITY_TOO_LARGE`, `NOT_FOUND`. */
export const parityReport = async (
  ctx: Context,
  target: ParityTarget,
  dimensions: ParityDimensions,
): Promise<Result<ParityReport>> => {
  const found = await targetVariants(ctx, target, dimensions, MAX_CELLS)
  if (!found.ok) return found
  const { columns, rows } = await readGrid(ctx, dimensions, found.value.ids)
  return ok({ columns, rows: rows.map(reportRow), truncated: found.value.truncated })
}
