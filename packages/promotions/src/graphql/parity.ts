import { variant, variantHeld } from '@hilo/catalog/graphql'
import { builder, MoneyType, refusalError, type RequestContext } from '@hilo/graphql'
import { encodeId, localize, type Money, money, ok, reachOf, type Result } from '@hilo/kernel'
import { allPriceLists } from '@hilo/prices'
import { DIFFERENCE_CODES, type Difference } from '../parity/difference.ts'
import { type DifferenceNames, differenceMessage } from '../parity/difference-message.ts'
import type { ParityCell } from '../parity/cell.ts'
import type { ParityColumn } from '../parity/grid.ts'
import { publicFacts } from '../public-facts.ts'
import { readDimensions } from '../parity/read-dimensions.ts'
import { type ParityReport, parityReport, type ReportedRow } from '../parity/report.ts'
import { comparison, readComparison } from './comparison.ts'
import { lowestPriceOf } from './lowest-price.ts'
import { PlaceInput } from './place.ts'

const ParityColumnType = builder.objectRef<ParityColumn>('ParityColumn').implement({
  description: 'For whom a column is.',
  fields: (t) => ({
    channel: t.string({ resolve: ({ channel }) => channel.code }),
    market: t.string({ resolve: ({ channel }) => channel.market.code }),
    segment: t.string({
      nullable: true,
      description: 'Null is a guest.',
      resolve: ({ segment }) => segment?.code,
    }),
    deviceKind: t.string({ nullable: true, resolve: ({ deviceKind }) => deviceKind }),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
  }),
})

export const ParityCodeEnum = builder.enumType('ParityDifferenceCode', {
  description: 'Why two cells are not alike.',
  values: DIFFERENCE_CODES,
})

/** A reason, with what the ids in it are called. */
interface NamedDifference {
  readonly difference: Difference
  readonly names: DifferenceNames
}

const ParityReasonType = builder.objectRef<NamedDifference>('ParityReason').implement({
  description: 'Why a cell is not like the one that it is compared with.',
  fields: (t) => ({
    code: t.field({ type: ParityCodeEnum, resolve: ({ difference }) => difference.code }),
    facts: t.field({ type: 'JSON', resolve: ({ difference }) => publicFacts(difference) }),
    message: t.string({
      description: 'For people, in the locale of the request.',
      resolve: ({ difference, names }, _args, { locale }) => differenceMessage(difference, names, locale),
    }),
  }),
})

interface Cell {
  readonly cell: ParityCell
  readonly column: number
  readonly row: ReportedRow
  readonly names: DifferenceNames
}

const amount = (read: (cell: ParityCell) => bigint | undefined, description: string) => ({
  type: MoneyType,
  nullable: true as const,
  description,
  resolve: ({ cell }: Cell): Money | null => {
    const minor = read(cell)
    return minor === undefined ? null : money(minor, cell.context.market.currency)
  },
})

const deviationOf = ({ row, column }: Cell) => row.deviations.find((one) => one.column === column)

const ParityCellType = builder.objectRef<Cell>('ParityCell').implement({
  description: 'What a variant costs one viewer; amounts are null when it is not sold there.',
  fields: (t) => ({
    column: t.exposeInt('column', { description: 'Its place among the columns.' }),
    published: t.boolean({ resolve: ({ cell }) => cell.published }),
    unit: t.field(amount(({ shelf }) => shelf?.line.unit, 'One unit on the shelf.')),
    list: t.field(amount(({ shelf }) => shelf?.line.unitList, 'One unit before every reduction.')),
    lowestPrice30d: t.field({
      type: MoneyType,
      nullable: true,
      description: 'What the price is shown with there; null when it is not reduced.',
      resolve: ({ cell: { shelf, context } }, _args, ctx) =>
        shelf
          ? lowestPriceOf(ctx, shelf.line, {
              channelId: context.channel.id,
              currency: shelf.currency,
              at: new Date(context.now),
            })
          : null,
    }),
    final: t.field(amount(({ final }) => final, 'One unit after every promotion.')),
    priceId: t.id({
      nullable: true,
      resolve: ({ cell }) => (cell.chosen ? encodeId('price', cell.chosen.id) : null),
    }),
    priceList: t.string({
      nullable: true,
      description: 'What the list is called whose price holds.',
      resolve: ({ cell, names }) =>
        cell.chosen?.priceListId ? names.listName(cell.chosen.priceListId) : null,
    }),
    promotions: t.stringList({
      description: 'What the promotions are called that apply.',
      resolve: ({ cell }, _args, ctx) =>
        (cell.shelf?.applications ?? []).map(({ name }) => localize(name, ctx)),
    }),
    differs: t.boolean({
      description: 'True when it is not like the baseline of its row.',
      resolve: (cell) => deviationOf(cell) !== undefined,
    }),
    reasons: t.field({
      type: [ParityReasonType],
      description: 'At least one where it differs.',
      resolve: (cell) =>
        (deviationOf(cell)?.reasons ?? []).map((difference) => ({ difference, names: cell.names })),
    }),
  }),
})

type Row = ReportedRow & { readonly names: DifferenceNames }

const ParityRowType = builder.objectRef<Row>('ParityRow').implement({
  description: 'A variant for every viewer.',
  fields: (t) => ({
    variant: t.field({
      type: variant.ref,
      resolve: async ({ variantId }, _args, ctx) => (await variantHeld(ctx, variantId))!,
    }),
    baseline: t.exposeInt('baseline', {
      description: 'The first column with a price: others are compared with it.',
    }),
    cells: t.field({
      type: [ParityCellType],
      args: { differing: t.arg.boolean({ description: 'Only those that are not like the baseline.' }) },
      resolve: (row, { differing }) =>
        row.cells
          .map((cell, column) => ({ cell, column, row, names: row.names }))
          .filter((cell) => !differing || deviationOf(cell) !== undefined),
    }),
  }),
})

type Report = ParityReport & { readonly names: DifferenceNames }

const ParityReportType = builder.objectRef<Report>('ParityReport').implement({
  description: 'What variants cost over channels, segments, devices and times, and why not the same.',
  fields: (t) => ({
    columns: t.field({ type: [ParityColumnType], resolve: ({ columns }) => [...columns] }),
    rows: t.field({
      type: [ParityRowType],
      args: { differing: t.arg.boolean({ description: 'Only those with differences.' }) },
      resolve: ({ rows, names }, { differing }) =>
        rows
          .filter(({ deviations }) => !differing || deviations.length > 0)
          .map((row) => ({ ...row, names })),
    }),
    cellCount: t.int({ resolve: ({ rows, columns }) => rows.length * columns.length }),
    differenceCount: t.int({
      resolve: ({ rows }) => rows.reduce((sum, { deviations }) => sum + deviations.length, 0),
    }),
    truncated: t.exposeBoolean('truncated', {
      description: 'True when the category or collection has more variants than fit.',
    }),
  }),
})

/** What lists are called that the actor may read; one statement. */
const differenceNames = async (ctx: RequestContext): Promise<DifferenceNames> => {
  const lists = await allPriceLists(ctx.db, reachOf(ctx.actor, 'prices:read'))
  const names = new Map(lists.map(({ id, name }) => [id, localize(name, ctx)]))
  return {
    listName: (id) => names.get(id) ?? '–',
    promotionName: ({ name }) => localize(name, ctx),
  }
}

const ParityReportInput = builder.inputType('ParityReportInput', {
  description:
    'Every combination of channels, segments, devices and times is a column; at most 10,000 cells.',
  fields: (t) => ({
    ...comparison(t),
    times: t.field({ type: ['DateTime'], description: 'Absent: now.' }),
    place: t.field({ type: PlaceInput }),
  }),
})

const report = async (
  ctx: RequestContext,
  input: typeof ParityReportInput.$inferInput,
): Promise<Result<Report>> => {
  const compared = readComparison(input)
  if (!compared.ok) return compared
  const { target, ...asked } = compared.value
  const dimensions = await readDimensions(ctx, { ...asked, times: input.times ?? [], place: input.place })
  if (!dimensions.ok) return dimensions
  const found = await parityReport(ctx, target, dimensions.value)
  return found.ok ? ok({ ...found.value, names: await differenceNames(ctx) }) : found
}

builder.queryField('parityReport', (t) =>
  t.field({
    type: ParityReportType,
    description:
      'Prices variants over channels, segments, devices and times in one grid, and explains every difference; for staff with prices:read and promotions:read in each channel. Refuses PARITY_TARGET_INVALID, PARITY_TOO_LARGE, PARITY_DIMENSION_TOO_LARGE, NOT_FOUND, FORBIDDEN.',
    authScopes: { permission: 'promotions:read' },
    args: { input: t.arg({ type: ParityReportInput, required: true }) },
    resolve: async (_root, { input }, ctx) => {
      const found = await report(ctx, input)
      if (!found.ok) throw refusalError(found.error, ctx)
      return found.value
    },
  }),
)
