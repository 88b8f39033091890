import { type Context, within } from '@hilo/db'
import { setStocks, type StockCount } from '@hilo/inventory'
import { reachOf, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { checkShape, plainText } from '../check-shape.ts'
import { BULK } from '../errors.ts'
import { keysByIds } from '../external-keys.ts'
import { unknownName } from '../words.ts'
import { type FlatFields, flatRow, planFlat } from '../flat.ts'
import type { ImportSettings } from '../job.ts'
import { type Entry, type Kind, type Outcome, refusedBecause } from '../kind.ts'
import { findVariants } from './variant-names.ts'

const stockItem = z.strictObject({
  location: plainText(200).nullish(),
  sku: plainText(64).nullish(),
  variantKey: plainText(200).nullish(),
  onHand: z.int(),
})

const FIELDS: FlatFields = { location: 'text', sku: 'text', variantKey: 'text', onHand: 'number' }

/** As Shopify's export of its inventory names them, too. */
const ALIASES = { 'onhand(new)': 'onHand', available: 'onHand', variantsku: 'sku', quantity: 'onHand' }

const locationsOf = async ({ db }: Context): Promise<ReadonlyMap<string, Uuid>> => {
  const { rows } = await sql<{ id: Uuid; name: string }>`
    select id, value as name from location, jsonb_each_text(name) union all select id, code from location`.execute(
    db,
  )
  return new Map(rows.map(({ id, name }) => [name, id]))
}

const levelsOf = async (
  { db }: Context,
  counts: readonly StockCount[],
): Promise<ReadonlyMap<string, number>> => {
  const rows = await db
    .selectFrom('stock')
    .select(['location_id', 'variant_id', 'on_hand'])
    .where('variant_id', '=', sql<Uuid>`any(${counts.map(({ variantId }) => variantId)}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [`${row.location_id} ${row.variant_id}`, row.on_hand]))
}

const apply = async (
  ctx: Context,
  entries: readonly Entry[],
  settings: ImportSettings,
): Promise<Outcome[]> => {
  const outcomes: Outcome[] = []
  const items = entries.flatMap(({ item }, index) => {
    const shape = checkShape(stockItem, item)
    if (shape.ok) return [{ index, item: shape.value }]
    outcomes[index] = refusedBecause([shape.error])
    return []
  })
  const [locations, variantOf] = await Promise.all([
    locationsOf(ctx),
    findVariants(
      ctx,
      items.map(({ item }) => item),
      settings.system,
    ),
  ])
  const found = items.flatMap(({ index, item }) => {
    const record = item.sku ?? item.variantKey ?? ''
    const place = item.location ?? settings.location ?? ''
    const [locationId, variantId] = [locations.get(place), variantOf(item)]
    if (locationId && variantId)
      return [{ index, record, count: { locationId, variantId, onHand: item.onHand } }]
    const missing = locationId
      ? unknownName('variant', record, ['sku'])
      : unknownName('location', place, ['location'])
    outcomes[index] = refusedBecause([missing], record)
    return []
  })
  const there = await levelsOf(
    ctx,
    found.map(({ count }) => count),
  )
  const wanted = found.filter(({ index, record, count }) => {
    const before = there.get(`${count.locationId} ${count.variantId}`)
    if (settings.mode === 'CREATE' && before !== undefined) {
      outcomes[index] = refusedBecause([BULK.refuse('ROW_EXISTS', { name: record }).error], record)
    } else if (settings.mode === 'UPDATE' && before === undefined) {
      outcomes[index] = refusedBecause([BULK.refuse('ROW_MISSING', { name: record }).error], record)
    } else if (before === count.onHand) outcomes[index] = { is: 'UNCHANGED' }
    return outcomes[index] === undefined
  })
  const saved = await setStocks(
    ctx,
    wanted.map(({ count }) => count),
  )
  for (const [place, result] of saved.entries()) {
    const { index, record, count } = wanted[place]!
    const isNew = !there.has(`${count.locationId} ${count.variantId}`)
    outcomes[index] = result.ok
      ? { is: isNew ? 'CREATED' : 'UPDATED' }
      : refusedBecause([result.error], record)
  }
  return outcomes
}

const PAGE = 1_000

const page: Kind['page'] = async (ctx, { after, system, where }) => {
  const [code = '', sku = ''] = after ?? []
  const reach = reachOf(ctx.actor, 'stock:read')
  const { rows } = await sql<{ code: string; sku: string; variant_id: Uuid; on_hand: number }>`
    select location.code, variant.sku, variant_id, on_hand from stock
    join location on location.id = location_id join variant on variant.id = variant_id
    where ${within(reach, 'stock.location_id')} and (location.code, variant.sku) > (${code}, ${sku})
      and (${where.location ?? null}::text is null or location.code = ${where.location ?? null}::text)
    order by location.code, variant.sku limit ${PAGE}`.execute(ctx.db)
  const keys = await keysByIds(
    ctx.db,
    { kind: 'VARIANT', system },
    rows.map(({ variant_id }) => variant_id),
  )
  const last = rows.at(-1)
  return {
    items: rows.map((row) => ({
      location: row.code,
      sku: row.sku,
      variantKey: keys.get(row.variant_id) ?? null,
      onHand: row.on_hand,
    })),
    next: last && rows.length === PAGE ? [last.code, last.sku] : undefined,
  }
}

/** Stock on hand, by location and variant. */
export const stock: Kind = {
  batch: 500,
  plan: (header, settings) => planFlat(header, settings, { fields: FIELDS, aliases: ALIASES }),
  apply,
  page,
  columns: async () => Object.keys(FIELDS),
  toRows: (item, columns) => flatRow(item, columns, FIELDS),
}
