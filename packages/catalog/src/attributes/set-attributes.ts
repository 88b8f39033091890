import type { Context, Json } from '@hilo/db'
import { errAll, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { ProductStatus } from '../product.ts'
import { ATTRIBUTE_REFUSALS } from './errors.ts'
import { type OwnerInput, type OwnerValue, readOwners } from './read-values.ts'
import type { ValueColumns } from './read-value.ts'
import { definitionsOfType } from './type-definitions.ts'
import { lackingAttributes, missingReferences, writeValues } from './write-values.ts'

/** A value as the audit shows it: what a choice is called, what a reference names. */
const plain = (row: ValueColumns): Json =>
  row.texts ??
  row.text_value ??
  row.number_value ??
  row.boolean_value ??
  row.date_value ??
  row.ref_product_id ??
  row.ref_category_id ??
  null

/** What was said before of the attributes that something new is said of, and what is said now; by code. */
export interface AttributesChanged {
  readonly before: Readonly<Record<string, Json>>
  readonly after: Readonly<Record<string, Json>>
}

const ownerOf = ({ productId, variantId }: OwnerValue): Uuid => variantId ?? productId

const told = (rows: readonly ValueColumns[]): Json =>
  rows.length > 1 ? rows.map(plain) : rows[0] ? plain(rows[0]) : null

const saidBefore = async (ctx: Context, values: readonly OwnerValue[]) => {
  const owners = [...new Set(values.map(ownerOf))]
  const rows = await ctx.db
    .selectFrom('attribute_value')
    .selectAll()
    .where('owner_id', '=', sql<Uuid>`any(${owners}::uuid[])`)
    .orderBy('position')
    .execute()
  return Map.groupBy(rows, (row) => `${row.owner_id} ${row.attribute_id}`)
}

/**
 * Reads, checks and writes what products or variants of one type are to say, in few statements however many they are;
 * when one is refused, all are. Gives what changed by owner, for the audit.
 */
export const setAttributes = async (
  ctx: Context,
  typeId: Uuid | null,
  owners: readonly OwnerInput[],
): Promise<Result<ReadonlyMap<Uuid, AttributesChanged>>> => {
  if (owners.every(({ inputs }) => inputs.length === 0)) return ok(new Map())
  const { values, refused } = readOwners(await definitionsOfType(ctx.db, typeId), owners)
  const answer = errAll(refused.length > 0 ? refused : await missingReferences(ctx, values))
  if (answer) return answer
  const was = await saidBefore(ctx, values)
  await writeValues(ctx.db, values)
  const before = (value: OwnerValue) =>
    told((was.get(`${ownerOf(value)} ${value.attributeId}`) ?? []) as unknown as readonly ValueColumns[])
  return ok(
    new Map(
      [...Map.groupBy(values, ownerOf)].map(([ownerId, own]) => [
        ownerId,
        {
          before: Object.fromEntries(own.map((value) => [value.code, before(value)])),
          after: Object.fromEntries(own.map(({ code, rows }) => [code, told(rows)])),
        },
      ]),
    ),
  )
}

interface Complete {
  readonly id: Uuid
  readonly status: ProductStatus
  readonly productTypeId: Uuid | null
}

/** Refuses a published product that lacks what its type requires: in itself and all variants, or in these variants. */
export const checkComplete = async (
  ctx: Context,
  { id, status, productTypeId }: Complete,
  variantIds?: readonly Uuid[],
): Promise<Result<undefined>> => {
  if (status !== 'PUBLISHED' || productTypeId === null) return ok(undefined)
  const attributes = (await lackingAttributes(ctx.db, [id], variantIds)).get(id)
  return attributes
    ? ATTRIBUTE_REFUSALS.refuse('ATTRIBUTE_REQUIRED', { attributes }, ['attributes'])
    : ok(undefined)
}
