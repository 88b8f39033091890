import {
  ATTRIBUTE_REFUSALS,
  type AttributeInput,
  BARCODE_REFUSALS,
  type BarcodeInput,
  type ChannelSchedule,
  checkCount,
  checkImages,
  checkLocalized,
  checkOption,
  checkProductTexts,
  checkSku,
  MAX_BARCODES,
  MAX_CHANNELS,
  MAX_NAME,
  MAX_PLACES,
  MAX_VARIANTS,
  readOwners,
  slugOfName,
  VARIANT_REFUSALS,
} from '@hilo/catalog/bulk'
import { newId, type Refusal, type Result, type Uuid } from '@hilo/kernel'
import { BULK } from '../errors.ts'
import type { ImportSettings } from '../job.ts'
import { unknownName } from '../words.ts'
import { attributeInput, cellText } from './attribute-cells.ts'
import { barcodesIn } from './barcode-cells.ts'
import { type GoodsCells, readGoods } from './goods-cells.ts'
import type { WholeCell, WholeProduct, WholeVariant } from './item.ts'
import type { Hints } from '../kind.ts'
import { planSchedules } from './schedule-cells.ts'
import { settleItem } from './settle-item.ts'
import type { Situation, TypeFacts } from './situation.ts'

type Path = readonly string[]

/** A variant with everything it names found. */
export interface PlannedVariant {
  readonly item: WholeVariant
  /** Undefined for a new one. */
  readonly id: Uuid | undefined
  readonly attributes: readonly AttributeInput[] | undefined
  readonly barcodes: readonly BarcodeInput[] | undefined
  readonly goods: GoodsCells | undefined
}

/** A product with everything it names found: to be created, or to be changed when it has an id. */
export interface PlannedProduct {
  readonly item: WholeProduct
  readonly id: Uuid | undefined
  readonly slug: string | undefined
  readonly type: TypeFacts | null
  readonly typeCode: string | undefined
  /** Its options are only what its variants choose. */
  readonly derivedOptions: boolean
  readonly attributes: readonly AttributeInput[] | undefined
  readonly categoryIds: readonly Uuid[] | undefined
  readonly channelIds: readonly Uuid[] | undefined
  readonly schedules: readonly ChannelSchedule[] | undefined
  readonly collectionIds: readonly Uuid[] | undefined
  readonly variants: readonly PlannedVariant[]
}

/** What a plan is made against. */
export interface Planning {
  readonly situation: Situation
  readonly settings: ImportSettings
}

const errorsOf = (...results: readonly (Result<unknown> | undefined)[]): Refusal[] =>
  results.flatMap((result) => (result && !result.ok ? [result.error] : []))

const found = (
  names: readonly string[] | null | undefined,
  {
    kind,
    path,
    ids,
  }: { kind: 'category' | 'channel' | 'collection'; path: string; ids: (name: string) => Uuid | undefined },
): { readonly ids: readonly Uuid[] | undefined; readonly refused: readonly Refusal[] } => {
  if (names === undefined) return { ids: undefined, refused: [] }
  const list = [...new Set(names ?? [])]
  const refused = list.flatMap((name, index) =>
    ids(name) ? [] : [unknownName(kind, name, [path, String(index)])],
  )
  return { ids: list.flatMap((name) => ids(name) ?? []), refused }
}

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** What is said by attributes, checked against the type as every mutation does. */
const planAttributes = (
  cells: Readonly<Record<string, WholeCell>> | null | undefined,
  { type, path, isVariant }: { type: TypeFacts | null; path: Path; isVariant: boolean },
  { situation, settings }: Planning,
): { inputs: readonly AttributeInput[] | undefined; refused: readonly Refusal[] } => {
  if (cells == null) return { inputs: undefined, refused: [] }
  const refused: Refusal[] = []
  const inputs: AttributeInput[] = []
  const pathOf = new Map<string, Path>()
  for (const [code, cell] of Object.entries(cells)) {
    const definition = type?.definitions.get(code)
    if (!definition) {
      // A column of CSV is there for products of other types too: only what says something is wrong.
      if (cell === null || cell === '') continue
      const facts = { attribute: code.slice(0, 60).toWellFormed() }
      refused.push(ATTRIBUTE_REFUSALS.refuse('ATTRIBUTE_UNKNOWN', facts, [...path, code]).error)
      continue
    }
    pathOf.set(String(inputs.length), [...path, code])
    inputs.push(
      attributeInput(definition, cell, { references: situation.references, locale: settings.locale }),
    )
  }
  const owner = { productId: '', variantId: isVariant ? '' : null, inputs, path: [] }
  const read = readOwners(type?.definitions ?? new Map(), [owner])
  for (const refusal of read.refused) {
    const [index = '', ...rest] = refusal.path
    refused.push({ ...refusal, path: [...(pathOf.get(index) ?? path), ...rest] })
  }
  const missing = read.values.flatMap(({ code, rows }) =>
    rows.some((row) => [row.ref_product_id, row.ref_category_id].includes(NOBODY))
      ? [unknownName('reference', cellText(cells[code]), [...path, code])]
      : [],
  )
  return { inputs, refused: [...refused, ...missing] }
}

const planBarcodes = (
  cells: readonly string[] | null | undefined,
  { path, productId, seen }: { path: Path; productId: Uuid | undefined; seen: Map<string, string> },
  { situation }: Planning,
) => {
  if (cells === undefined) return { barcodes: undefined, refused: [] }
  const codes = barcodesIn(cells ?? [])
  const refused = errorsOf(checkCount(codes, MAX_BARCODES, path))
  for (const [index, { key, kind, code }] of codes.entries()) {
    const at = [...path, String(index)]
    const shown = code.slice(0, 60).toWellFormed()
    if (key === '')
      refused.push(BARCODE_REFUSALS.refuse('BARCODE_INVALID', { barcode: shown, kind }, at).error)
    const holder = situation.barcodes.get(key)
    const isTaken = holder !== undefined && holder.productId !== productId
    if (isTaken || seen.has(key)) {
      const facts = { barcode: shown, sku: holder?.sku ?? seen.get(key)! }
      refused.push(BARCODE_REFUSALS.refuse('BARCODE_TAKEN', facts, at).error)
    }
    seen.set(key, shown)
  }
  return { barcodes: codes.map(({ kind, code }) => ({ kind, code })), refused }
}

const planVariants = (
  item: WholeProduct,
  { productId, type }: { productId: Uuid | undefined; type: TypeFacts | null },
  planning: Planning,
) => {
  const { variantByKey, variantBySku } = planning.situation
  const refused: Refusal[] = errorsOf(checkCount(item.variants ?? [], MAX_VARIANTS, ['variants']))
  const skus = new Set<string>()
  const barcodes = new Map<string, string>()
  const choices = new Set<string>()
  const values = new Map(
    (item.options ?? []).map(({ code, values: list }) => [code, new Set(list.map((v) => v.code))]),
  )
  const variants = (item.variants ?? []).map((variant, index): PlannedVariant => {
    const path = ['variants', String(index)]
    refused.push(
      ...errorsOf(
        checkSku(variant.sku, [...path, 'sku']),
        checkLocalized(variant.name ?? {}, { max: MAX_NAME, path: [...path, 'name'], optional: true }),
      ),
    )
    const holder =
      (variant.key == null ? undefined : variantByKey.get(variant.key)) ?? variantBySku.get(variant.sku)
    const ofSku = variantBySku.get(variant.sku)
    if (
      (holder && holder.productId !== productId) ||
      (ofSku && holder && ofSku.id !== holder.id) ||
      skus.has(variant.sku)
    ) {
      const name = variant.sku.slice(0, 64).toWellFormed()
      refused.push(
        BULK.refuse(skus.has(name) ? 'ROW_REPEATED' : 'ROW_KEYS_DIFFER', { name }, [...path, 'sku']).error,
      )
    }
    skus.add(variant.sku)
    const chosen = Object.entries(variant.options ?? {})
    if (item.options || productId === undefined) {
      for (const [code, value] of chosen)
        if (!values.get(code)?.has(value))
          refused.push(unknownName('optionValue', `${code}: ${value}`, [...path, 'options', code]))
      const choice = JSON.stringify(chosen.toSorted(([a], [b]) => (a < b ? -1 : 1)))
      if (chosen.length > 0 && !variant.archived && choices.has(choice)) {
        const facts = { sku: variant.sku }
        refused.push(VARIANT_REFUSALS.refuse('VARIANT_COMBINATION_TAKEN', facts, [...path, 'options']).error)
      }
      choices.add(choice)
    }
    const said = planAttributes(
      variant.attributes,
      { type, path: [...path, 'attributes'], isVariant: true },
      planning,
    )
    const codes = planBarcodes(
      variant.barcodes,
      { path: [...path, 'barcodes'], productId, seen: barcodes },
      planning,
    )
    const goods = variant.goods === undefined ? undefined : readGoods(variant.goods, [...path, 'goods'])
    refused.push(...said.refused, ...codes.refused, ...errorsOf(goods))
    return {
      item: variant,
      id: holder?.id,
      attributes: said.inputs,
      barcodes: codes.barcodes,
      goods: goods?.ok ? goods.value : undefined,
    }
  })
  return { variants, refused }
}

const lacking = (plan: PlannedProduct): Refusal[] => {
  const { item, type } = plan
  if (!type || plan.id !== undefined || (item.status ?? 'PUBLISHED') !== 'PUBLISHED') return []
  const says = (inputs: readonly AttributeInput[] | undefined, code: string) =>
    inputs?.some((input) => input.code === code && Object.keys(input).length > 1) ?? false
  const attributes = type.required
    .filter(({ code, level }) =>
      level === 'PRODUCT'
        ? !says(plan.attributes, code)
        : plan.variants.some((variant) => !variant.item.archived && !says(variant.attributes, code)),
    )
    .map(({ code }) => code)
  return attributes.length === 0
    ? []
    : [ATTRIBUTE_REFUSALS.refuse('ATTRIBUTE_REQUIRED', { attributes }, ['attributes']).error]
}

const repeatedOptions = ({ options }: WholeProduct): Refusal[] => {
  const codes = (options ?? []).map(({ code }) => code)
  const twice = codes.findIndex((code, index) => codes.indexOf(code) !== index)
  const inside = (options ?? []).flatMap(({ values }, index) => {
    const list = values.map(({ code }) => code)
    const at = list.findIndex((code, place) => list.indexOf(code) !== place)
    return at === -1
      ? []
      : [
          BULK.refuse('ROW_REPEATED', { name: list[at]! }, ['options', String(index), 'values', String(at)])
            .error,
        ]
  })
  return twice === -1
    ? inside
    : [BULK.refuse('ROW_REPEATED', { name: codes[twice]! }, ['options', String(twice)]).error]
}

const wrongMode = (id: Uuid | undefined, name: string, { mode }: ImportSettings): Refusal[] => {
  if (mode === 'CREATE' && id !== undefined) return [BULK.refuse('ROW_EXISTS', { name }).error]
  return mode === 'UPDATE' && id === undefined ? [BULK.refuse('ROW_MISSING', { name }).error] : []
}

/**
 * Finds everything that an item names, and checks it as the mutations do: a plan, or every mistake in it. The id is of
 * the product that it is about (`targetOf`).
 */
export const planProduct = (
  given: WholeProduct,
  planning: Planning,
  { id, hints }: { readonly id: Uuid | undefined; readonly hints: Hints | undefined },
): { readonly plan: PlannedProduct; readonly refused: readonly Refusal[] } => {
  const { situation, settings } = planning
  const own = id === undefined ? settings.productType : (situation.types.get(id) ?? undefined)
  const code = given.type === undefined ? own : (given.type ?? undefined)
  const type = code === undefined ? null : (situation.typeFacts.get(code) ?? null)
  const item = hints ? settleItem(given, { type, situation, hints }) : given
  const slug = item.slug ?? (id === undefined && item.name ? slugOfName(item.name, newId()) : undefined)
  const record = item.key ?? item.slug ?? item.variants?.[0]?.sku ?? slug ?? ''
  const refused: Refusal[] = wrongMode(id, record, settings)
  if (code !== undefined && !type) refused.push(unknownName('type', code, ['type']))
  const holder = slug === undefined ? undefined : situation.bySlug.get(slug)
  if (holder !== undefined && holder !== id)
    refused.push(BULK.refuse('ROW_KEYS_DIFFER', { name: slug! }, ['slug']).error)
  if (id === undefined && !item.name)
    refused.push(BULK.refuse('ROW_FIELD_MISSING', { field: 'name' }, ['name']).error)
  refused.push(
    ...errorsOf(
      checkProductTexts({ slug, name: item.name, description: item.description, seo: item.seo }),
      checkImages(item.images ?? []),
      checkCount(item.categories ?? [], MAX_PLACES, ['categories']),
      checkCount(item.channels ?? [], MAX_CHANNELS, ['channels']),
      ...(item.options ?? []).map((option, index) => {
        const checked = checkOption(option)
        if (!checked) return undefined
        return {
          ok: false as const,
          error: { ...checked.error, path: ['options', String(index), ...checked.error.path] },
        }
      }),
    ),
    ...repeatedOptions(item),
  )
  const everywhere =
    settings.channels ?? [...situation.channels].flatMap(([each, { active }]) => (active ? [each] : []))
  const categories = found(item.categories, {
    kind: 'category',
    path: 'categories',
    ids: (name) => situation.categories.get(name),
  })
  const channels = found(
    item.channels ?? (id === undefined && item.channels === undefined ? everywhere : item.channels),
    {
      kind: 'channel',
      path: 'channels',
      ids: (name) => situation.channels.get(name)?.id,
    },
  )
  const times = planSchedules(item.schedules, (name) => situation.channels.get(name)?.id)
  const collections = found(item.collections, {
    kind: 'collection',
    path: 'collections',
    ids: (name) => {
      const collection = situation.collections.get(name)
      return collection?.byRule ? undefined : collection?.id
    },
  })
  const said = planAttributes(item.attributes, { type, path: ['attributes'], isVariant: false }, planning)
  const variants = planVariants(item, { productId: id, type }, planning)
  refused.push(
    ...categories.refused,
    ...channels.refused,
    ...times.refused,
    ...collections.refused,
    ...said.refused,
    ...variants.refused,
  )
  const plan: PlannedProduct = {
    item,
    id,
    slug,
    type,
    typeCode: code,
    derivedOptions: hints?.derivedOptions ?? false,
    attributes: said.inputs,
    categoryIds: categories.ids,
    channelIds: channels.ids,
    schedules: times.schedules,
    collectionIds: collections.ids,
    variants: variants.variants,
  }
  return { plan, refused: [...refused, ...(refused.length === 0 ? lacking(plan) : [])] }
}
