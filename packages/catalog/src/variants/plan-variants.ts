import { COMMON, encodeId, type Localized, type Refusal, type Result, type Uuid } from '@hilo/kernel'
import type { AttributeInput } from '../attributes/read-value.ts'
import { CATALOG_REFUSALS } from '../errors.ts'
import { checkLocalized, checkSku, firstRefusal, MAX_NAME } from '../text.ts'
import { VARIANT_REFUSALS } from './errors.ts'
import { optionKey } from './option-key.ts'

/** A variant to create. */
export interface VariantDraft {
  readonly sku: string
  readonly name?: Localized | null
  /** At most one value of each option of the product. */
  readonly optionValueIds?: readonly Uuid[] | null
  readonly attributes?: readonly AttributeInput[] | null
}

/** What to change of a variant; what is left out or null stays. */
export interface VariantChange extends Partial<VariantDraft> {
  readonly id: Uuid
  readonly ifVersion?: number | null
  /** True: nobody sees or buys it any more; false: it is back. */
  readonly archived?: boolean | null
}

/** A variant that is there, as far as a plan looks at it. */
export interface KnownVariant {
  readonly id: Uuid
  readonly sku: string
  readonly name: Localized
  readonly version: number
  readonly optionKey: string | null
  readonly archived: boolean
}

/** What is there already. */
export interface Known {
  /** Those to be changed, by id. */
  readonly variants: ReadonlyMap<Uuid, KnownVariant>
  /** The option of each value of the product. */
  readonly optionOfValue: ReadonlyMap<Uuid, Uuid>
  /** Whose each of the SKUs asked for is. */
  readonly skus: ReadonlyMap<string, Uuid>
  /** Which variant on sale has each of the choices asked for. */
  readonly combinations: ReadonlyMap<string, Uuid>
}

/** A row of a request, whose refusals point to `path`. */
export interface Row {
  readonly draft: Partial<VariantDraft>
  /** The variant to change; a new one when absent. */
  readonly change?: VariantChange
  readonly path: readonly string[]
}

/** Refuses texts that are none, whatever is there. */
export const checkRow = ({ draft, path }: Row): Refusal | undefined =>
  firstRefusal([
    ...(draft.sku == null ? [] : [checkSku(draft.sku, [...path, 'sku'])]),
    checkLocalized(draft.name ?? {}, { max: MAX_NAME, path: [...path, 'name'], optional: true }),
  ])?.error

const errorOf = (result: Result<unknown>): Refusal | undefined => (result.ok ? undefined : result.error)

const checkValues = (known: Known, { draft, path }: Row): Refusal | undefined => {
  const ids = draft.optionValueIds ?? []
  const missing = ids.find((id) => !known.optionOfValue.has(id))
  if (missing) {
    const facts = { kind: 'optionValue' as const, id: encodeId('optionValue', missing) }
    return COMMON.refuse('NOT_FOUND', facts, [...path, 'optionValueIds']).error
  }
  const distinct = new Set(ids)
  const options = new Set([...distinct].map((id) => known.optionOfValue.get(id)))
  return options.size === distinct.size
    ? undefined
    : CATALOG_REFUSALS.refuse('OPTION_VALUES_CONFLICT', { sku: draft.sku ?? '' }, [...path, 'optionValueIds'])
        .error
}

const checkTarget = (known: Known, { change, path }: Row): Refusal | undefined => {
  if (!change) return undefined
  const variant = known.variants.get(change.id)
  if (!variant) {
    const facts = { kind: 'variant' as const, id: encodeId('variant', change.id) }
    return COMMON.refuse('NOT_FOUND', facts, [...path, 'id']).error
  }
  return change.ifVersion == null || change.ifVersion === variant.version
    ? undefined
    : errorOf(COMMON.refuse('VERSION_CONFLICT', { current: variant.version }, [...path, 'ifVersion']))
}

/** The choice that a row asks for, or asks back; undefined when it leaves it as it is. */
export const keyOf = (variants: Known['variants'], { draft, change }: Row): string | null | undefined => {
  if (draft.optionValueIds) return optionKey([...new Set(draft.optionValueIds)])
  return change?.archived === false ? variants.get(change.id)?.optionKey : undefined
}

/** Refuses what is there twice: in this request, or beside it. */
const repeats = (known: Known, rows: readonly Row[]): Refusal[] => {
  const leaving = new Set(rows.flatMap((row) => (row.change && row.draft.sku != null ? [row.change.id] : [])))
  const moving = new Set(
    rows.flatMap((row) => (row.change && keyOf(known.variants, row) !== undefined ? [row.change.id] : [])),
  )
  const seenSkus = new Set<string>()
  const seenKeys = new Set<string>()
  return rows.flatMap((row) => {
    const { draft, change, path } = row
    const found: Refusal[] = []
    const { sku } = draft
    if (sku != null) {
      const holder = known.skus.get(sku)
      const isTaken = holder !== undefined && holder !== change?.id && !leaving.has(holder)
      if (isTaken || seenSkus.has(sku))
        found.push(CATALOG_REFUSALS.refuse('SKU_TAKEN', { sku }, [...path, 'sku']).error)
      seenSkus.add(sku)
    }
    const key = keyOf(known.variants, row)
    const isArchived = change?.archived ?? (change && known.variants.get(change.id)?.archived) ?? false
    if (key && !isArchived) {
      const holder = known.combinations.get(key)
      const isTaken = holder !== undefined && holder !== change?.id && !moving.has(holder)
      const shown = sku ?? (change && known.variants.get(change.id)?.sku) ?? ''
      if (isTaken || seenKeys.has(key))
        found.push(
          VARIANT_REFUSALS.refuse('VARIANT_COMBINATION_TAKEN', { sku: shown }, [...path, 'optionValueIds'])
            .error,
        )
      seenKeys.add(key)
    }
    return found
  })
}

/** Every refusal of these rows, in their order, against what is there. */
export const refusalsOf = (known: Known, rows: readonly Row[]): Refusal[] => {
  const own = rows.flatMap((row) => checkTarget(known, row) ?? checkValues(known, row) ?? [])
  return own.length > 0 ? own : repeats(known, rows)
}
