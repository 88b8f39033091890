import type { Context } from '@hilo/db'
import { toDecimal, money, reachOf, type Uuid } from '@hilo/kernel'
import { type PriceToSet, readableList, setPrices } from '@hilo/prices'
import { sql } from 'kysely'
import { z } from 'zod'
import { checkShape, plainText } from '../check-shape.ts'
import { BULK } from '../errors.ts'
import { unknownName } from '../words.ts'
import { type FlatFields, flatRow, planFlat } from '../flat.ts'
import { keysByIds } from '../external-keys.ts'
import type { ImportSettings } from '../job.ts'
import { type Entry, type Kind, type Outcome, refusedBecause } from '../kind.ts'
import { readAmount } from '../products/save-offers.ts'
import { findVariants } from './variant-names.ts'

const moment = z.iso.datetime({ offset: true })

const priceItem = z.strictObject({
  priceList: plainText(60),
  sku: plainText(64).nullish(),
  variantKey: plainText(200).nullish(),
  currency: plainText(3).nullish(),
  amount: z
    .union([z.string().max(30), z.number().transform(String)])
    .transform((text) => text.trim().replace(',', '.')),
  minQuantity: z.int().nullish(),
  maxQuantity: z.int().nullish(),
  validFrom: moment.nullish(),
  validUntil: moment.nullish(),
})

type PriceItem = z.output<typeof priceItem>

const FIELDS: FlatFields = {
  priceList: 'text',
  sku: 'text',
  variantKey: 'text',
  currency: 'text',
  amount: 'text',
  minQuantity: 'number',
  maxQuantity: 'number',
  validFrom: 'text',
  validUntil: 'text',
}

const timeOf = (text: string | null | undefined): Date | null => (text == null ? null : new Date(text))

const listsNamed = async ({ db }: Context, items: readonly PriceItem[]) => {
  const rows = await db
    .selectFrom('price_list')
    .select(['id', 'code', 'currency'])
    .where('code', '=', sql<string>`any(${items.map(({ priceList }) => priceList)}::text[])`)
    .execute()
  return new Map(rows.map((row) => [row.code, row]))
}

/** What is set already, by list, variant, quantity and times: a job may only create, or only update. */
const presentRows = async (
  { db }: Context,
  rows: readonly PriceToSet[],
): Promise<ReadonlyMap<string, bigint>> => {
  const [variantIds, listIds] = [
    rows.map(({ variantId }) => variantId),
    rows.map(({ priceListId }) => priceListId),
  ]
  const { rows: found } = await sql<{ name: string; amount: bigint }>`
    select price_list_id || ' ' || variant_id || ' ' || min_quantity || ' ' || coalesce(max_quantity, 0) || ' '
      || coalesce(extract(epoch from lower(valid))::text, '-') || ' '
      || coalesce(extract(epoch from upper(valid))::text, '-') as name, amount_minor as amount
    from price where variant_id = any(${variantIds}::uuid[]) and price_list_id = any(${listIds}::uuid[])`.execute(
    db,
  )
  return new Map(found.map(({ name, amount }) => [name, amount]))
}

const epoch = (time: Date | null | undefined): string => (time ? (time.getTime() / 1_000).toFixed(6) : '-')

const nameOf = ({ priceListId, variantId, minQuantity, maxQuantity, valid }: PriceToSet): string =>
  [priceListId, variantId, minQuantity ?? 1, maxQuantity ?? 0, epoch(valid?.from), epoch(valid?.until)].join(
    ' ',
  )

const apply = async (
  ctx: Context,
  entries: readonly Entry[],
  settings: ImportSettings,
): Promise<Outcome[]> => {
  const outcomes: Outcome[] = []
  const items = entries.flatMap(({ item }, index) => {
    const shape = checkShape(priceItem, item)
    if (shape.ok) return [{ index, item: shape.value }]
    outcomes[index] = refusedBecause([shape.error])
    return []
  })
  const named = items.map(({ item }) => item)
  const [lists, variantOf] = await Promise.all([
    listsNamed(ctx, named),
    findVariants(ctx, named, settings.system),
  ])
  const rows: { readonly index: number; readonly record: string; readonly price: PriceToSet }[] = []
  for (const { index, item } of items) {
    const record = item.sku ?? item.variantKey ?? ''
    const [list, variantId] = [lists.get(item.priceList), variantOf(item)]
    if (!list || !variantId) {
      const missing = list
        ? unknownName('variant', record, ['sku'])
        : unknownName('priceList', item.priceList, ['priceList'])
      outcomes[index] = refusedBecause([missing], record)
      continue
    }
    const amount = readAmount(item.amount, item.currency ?? list.currency)
    if (!amount.ok) {
      outcomes[index] = refusedBecause([amount.error], record)
      continue
    }
    const valid = { from: timeOf(item.validFrom), until: timeOf(item.validUntil) }
    const { minQuantity, maxQuantity } = item
    const price = { variantId, priceListId: list.id, amount: amount.value, minQuantity, maxQuantity, valid }
    rows.push({ index, record, price })
  }
  const present = await presentRows(
    ctx,
    rows.map(({ price }) => price),
  )
  const wanted = rows.filter(({ index, record, price }) => {
    const before = present.get(nameOf(price))
    if (settings.mode === 'CREATE' && before !== undefined) {
      outcomes[index] = refusedBecause([BULK.refuse('ROW_EXISTS', { name: record }).error], record)
    } else if (settings.mode === 'UPDATE' && before === undefined) {
      outcomes[index] = refusedBecause([BULK.refuse('ROW_MISSING', { name: record }).error], record)
    } else if (before === price.amount.amountMinor) outcomes[index] = { is: 'UNCHANGED' }
    return outcomes[index] === undefined
  })
  const saved = await setPrices(
    ctx,
    wanted.map(({ price }) => price),
    { partial: true, pathOf: (index) => [String(index)] },
  )
  if (!saved.ok) throw new Error(`Prices of an import: ${saved.error.code}`)
  for (const refusal of saved.value.refused) {
    const [place, ...path] = refusal.path
    const { index, record } = wanted[Number(place)]!
    outcomes[index] = refusedBecause([{ ...refusal, path }], record)
  }
  for (const { index, price } of wanted)
    outcomes[index] ??= { is: present.has(nameOf(price)) ? 'UPDATED' : 'CREATED' }
  return outcomes
}

interface Exported {
  readonly id: Uuid
  readonly variant_id: Uuid
  readonly code: string
  readonly sku: string
  readonly currency: string
  readonly amount: bigint
  readonly min_quantity: number
  readonly max_quantity: number | null
  readonly from: Date | null
  readonly until: Date | null
}

const PAGE = 1_000

const page: Kind['page'] = async (ctx, { after, system, where }) => {
  const [code = '', sku = '', quantity = '0', from = '-infinity'] = after ?? []
  const reach = reachOf(ctx.actor, 'prices:read')
  const { rows } = await sql<Exported>`
    select price.id, variant_id, code, sku, price.currency, amount_minor as amount, min_quantity, max_quantity,
      lower(price.valid) as from, upper(price.valid) as until
    from price join price_list on price_list.id = price_list_id join variant on variant.id = variant_id
    where ${readableList(reach)} and (${where.priceList ?? null}::text is null or code = ${where.priceList ?? null}::text)
      and (code, sku, min_quantity, coalesce(lower(price.valid), '-infinity')) >
        (${code}, ${sku}, ${Number(quantity)}, ${from}::timestamptz)
    order by code, sku, min_quantity, coalesce(lower(price.valid), '-infinity') limit ${PAGE}`.execute(ctx.db)
  const keys = await keysByIds(
    ctx.db,
    { kind: 'VARIANT', system },
    rows.map(({ variant_id }) => variant_id),
  )
  const last = rows.at(-1)
  return {
    items: rows.map((row) => ({
      priceList: row.code,
      sku: row.sku,
      variantKey: keys.get(row.variant_id) ?? null,
      currency: row.currency,
      amount: toDecimal(money(row.amount, row.currency)),
      minQuantity: row.min_quantity,
      maxQuantity: row.max_quantity,
      validFrom: row.from?.toISOString() ?? null,
      validUntil: row.until?.toISOString() ?? null,
    })),
    next:
      last && rows.length === PAGE
        ? [last.code, last.sku, String(last.min_quantity), last.from?.toISOString() ?? '-infinity']
        : undefined,
  }
}

/** Rows of price lists. */
export const prices: Kind = {
  batch: 500,
  plan: (header, settings) =>
    planFlat(header, settings, { fields: FIELDS, aliases: { list: 'priceList', price: 'amount' } }),
  apply,
  page,
  columns: async () => Object.keys(FIELDS),
  toRows: (item, columns) => flatRow(item, columns, FIELDS),
}
