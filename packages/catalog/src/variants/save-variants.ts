import { changesBetween, type Context, type Json, type NewEvent } from '@hilo/db'
import { errAll, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { type AttributesChanged, checkComplete, setAttributes } from '../attributes/set-attributes.ts'
import { CATALOG_REFUSALS } from '../errors.ts'
import { variantEvent } from '../events.ts'
import { type LockedProduct, lockProduct, touchProduct } from '../lock-product.ts'
import { tellOfProducts } from '../tell-of-products.ts'
import { checkCount } from '../text.ts'
import { onceUnique } from '../unique-violation.ts'
import { knownOf, roomOf } from './known-variants.ts'
import {
  checkRow,
  keyOf,
  type Known,
  type KnownVariant,
  refusalsOf,
  type Row,
  type VariantChange,
  type VariantDraft,
} from './plan-variants.ts'
import { insertVariants, setOptionValues, updateVariants, type VariantRow } from './write-variants.ts'

/** Most variants of one product that are on sale, and most of one request. */
export const MAX_VARIANTS = 2_000

/** What to do with the variants of one product: all of it, or nothing. */
export interface VariantsToSave {
  readonly productId: Uuid
  readonly create?: readonly VariantDraft[]
  readonly update?: readonly VariantChange[]
  /** Where in the request the rows stand. Default `create.0`, `update.0`, … */
  readonly pathOf?: (list: 'create' | 'update', index: number) => readonly string[]
}

/** What became of the rows, in their order. */
export interface SavedVariants {
  readonly productId: Uuid
  readonly created: readonly Uuid[]
  readonly updated: readonly Uuid[]
}

interface Planned {
  readonly row: Row
  readonly before: KnownVariant | undefined
  readonly after: VariantRow
}

const rowsOf = ({
  create = [],
  update = [],
  pathOf = (list, index) => [list, String(index)],
}: VariantsToSave): Row[] => [
  ...create.map((draft, index) => ({ draft, path: pathOf('create', index) })),
  ...update.map((change, index) => ({ draft: change, change, path: pathOf('update', index) })),
]

const plan = (known: Known, row: Row): Planned => {
  const { draft, change } = row
  const before = change && known.variants.get(change.id)
  const key = keyOf(known.variants, row)
  const after = {
    id: before?.id ?? newId(),
    sku: draft.sku ?? before?.sku ?? '',
    name: draft.name ?? before?.name ?? {},
    optionKey: key === undefined ? (before?.optionKey ?? null) : key,
    archived: change?.archived ?? before?.archived ?? false,
  }
  return { row, before, after }
}

const checkRoom = (planned: readonly Planned[], count: number): Result<number> => {
  const more = planned.reduce(
    (sum, { before, after }) => sum + (after.archived ? 0 : 1) - (before && !before.archived ? 1 : 0),
    0,
  )
  return more > 0 && count + more > MAX_VARIANTS
    ? CATALOG_REFUSALS.refuse('TOO_MANY', { count: count + more, max: MAX_VARIANTS }, ['create'])
    : ok(count)
}

/** Writes variants and their option values; refuses a SKU that another product took between our look and this. */
const write = async (ctx: Context, productId: Uuid, planned: readonly Planned[], next: number) => {
  const [fresh, old] = [
    planned.filter(({ before }) => before === undefined),
    planned.filter(({ before }) => before !== undefined),
  ]
  const saved = await onceUnique('variant_sku_key', async () => {
    await updateVariants(
      ctx,
      old.map(({ after }) => after),
    )
    await insertVariants(ctx, productId, { rows: fresh.map(({ after }) => after), from: next })
  })
  if (!saved) return CATALOG_REFUSALS.refuse('SKU_TAKEN', { sku: planned[0]!.after.sku }, ['sku'])
  const chosen = planned.flatMap(({ row, before, after }) =>
    row.draft.optionValueIds
      ? [{ variantId: after.id, valueIds: row.draft.optionValueIds, isNew: before === undefined }]
      : [],
  )
  await setOptionValues(ctx.db, chosen)
  return ok(undefined)
}

const changedOf = ({ before, after }: Planned, said: AttributesChanged | undefined) =>
  before && {
    changed: changesBetween(
      {
        sku: before.sku,
        name: before.name as Json,
        optionValueIds: before.optionKey,
        archived: before.archived,
        attributes: said?.before ?? {},
      },
      {
        sku: after.sku,
        name: after.name as Json,
        optionValueIds: after.optionKey,
        archived: after.archived,
        attributes: said?.after ?? {},
      },
    ),
  }

const eventOf = (
  product: LockedProduct,
  planned: Planned,
  said: AttributesChanged | undefined,
): NewEvent => ({
  ...variantEvent(planned.before ? 'VariantUpdated.v1' : 'VariantCreated.v1', {
    variantId: planned.after.id,
    sku: planned.after.sku,
    productId: product.id,
    channelIds: product.channelIds,
    isPublic: product.status === 'PUBLISHED',
  }),
  ...changedOf(planned, said),
})

/** Writes what the variants say, and checks that those on sale say what the type requires. */
const saveAttributes = async (ctx: Context, product: LockedProduct, planned: readonly Planned[]) => {
  const owners = planned.map(({ row: { draft, path }, after }) => ({
    productId: product.id,
    variantId: after.id,
    inputs: draft.attributes ?? [],
    path: [...path, 'attributes'],
  }))
  const said = await setAttributes(ctx, product.productTypeId, owners)
  if (!said.ok) return said
  const onSale = planned.filter(({ after }) => !after.archived).map(({ after }) => after.id)
  const complete = onSale.length > 0 ? await checkComplete(ctx, product, onSale) : ok(undefined)
  return complete.ok ? said : complete
}

/**
 * Creates and changes variants of a product in one go, in few statements however many they are. When a row is refused,
 * nothing is done, and every refused row is told with its path.
 */
export const saveVariants = async (ctx: Context, wanted: VariantsToSave): Promise<Result<SavedVariants>> => {
  const rows = rowsOf(wanted)
  const counted = checkCount(rows, MAX_VARIANTS, [(wanted.create?.length ?? 0) > 0 ? 'create' : 'update'])
  if (!counted.ok) return counted
  const texts = errAll(rows.flatMap((row) => checkRow(row) ?? []))
  if (texts) return texts
  const product = await lockProduct(ctx, { id: wanted.productId, path: ['productId'] })
  if (!product.ok) return product
  const known = await knownOf(ctx.db, wanted.productId, rows)
  const refused = errAll(refusalsOf(known, rows))
  if (refused) return refused
  const planned = rows.map((row) => plan(known, row))
  const { count, next } = await roomOf(ctx.db, wanted.productId)
  const room = checkRoom(planned, count)
  if (!room.ok) return room
  const written = await write(ctx, wanted.productId, planned, next)
  if (!written.ok) return written
  const said = await saveAttributes(ctx, product.value, planned)
  if (!said.ok) return said
  await touchProduct(ctx, wanted.productId)
  const events = planned.map((each) => eventOf(product.value, each, said.value.get(each.after.id)))
  await tellOfProducts(ctx, events)
  const idsOf = (isNew: boolean) =>
    planned.flatMap(({ before, after }) => ((before === undefined) === isNew ? [after.id] : []))
  return ok({ productId: wanted.productId, created: idsOf(true), updated: idsOf(false) })
}
