import { command, type Context } from '@hilo/db'
import { encodeId, ok, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { checkShape } from '../check-shape.ts'
import { BULK } from '../errors.ts'
import { UNDONE } from '../words.ts'
import type { ImportSettings, Warning } from '../job.ts'
import { type Entry, type Hints, type Outcome, refusedBecause } from '../kind.ts'
import { createProducts } from './create-products.ts'
import { isUnchanged } from './is-unchanged.ts'
import { type ProductItem, productItem } from './item.ts'
import { keepTexts } from './keep-texts.ts'
import { settleNames } from './made-names.ts'
import { type PlannedProduct, planProduct } from './plan-product.ts'
import { type ExportedProduct, readProducts } from './read-products.ts'
import { saveOffers } from './save-offers.ts'
import { readSituation, type Situation, withSkus } from './situation.ts'
import { targetOf } from './target.ts'
import { changeProduct } from './update-product.ts'

interface Item {
  readonly index: number
  readonly item: ProductItem
  readonly hints: Hints | undefined
}

/** Everything by which another item could be about the same product, or take what this one takes. */
const namesOf = ({ item: { key, slug, name, variants }, hints }: Item): string[] => [
  ...(key == null ? [] : [`key ${key}`]),
  ...(slug == null ? (name ? [`name ${Object.values(name)[0]}`] : []) : [`slug ${slug}`]),
  ...(hints?.madeSlugs ?? []).map((made) => `slug ${made}`),
  ...(variants ?? []).flatMap(({ sku, key: own, barcodes }) => [
    `sku ${sku}`,
    ...(own == null ? [] : [`variant ${own}`]),
    ...(barcodes ?? []).map((code) => `code ${code.replace(/^.*:/, '')}`),
  ]),
]

/** Runs of items of which no two name the same: the later ones then find what the earlier ones made. */
const runsOf = (items: readonly Item[]): Item[][] => {
  const runs: Item[][] = []
  let seen = new Set<string>()
  for (const each of items) {
    const names = namesOf(each)
    if (runs.length === 0 || names.some((name) => seen.has(name))) {
      runs.push([])
      seen = new Set()
    }
    runs.at(-1)!.push(each)
    for (const name of names) seen.add(name)
  }
  return runs
}

const shown = ({ key, slug, variants }: Pick<ProductItem, 'key' | 'slug' | 'variants'>): string =>
  key ?? slug ?? variants?.[0]?.sku ?? ''

interface Applied {
  readonly outcome: Outcome
  readonly productId?: Uuid
}

type There = ReadonlyMap<Uuid, ExportedProduct>

/** The products that items are about, held until the end: a text that somebody translates meanwhile is not lost. */
const holdProducts = async (ctx: Context, system: string, ids: readonly Uuid[]): Promise<There> => {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: Uuid }>`
    select id from product where id = any(${ids}::uuid[]) order by id for no key update`.execute(ctx.db)
  const held = rows.map(({ id }) => id)
  const products = await readProducts(ctx.db, system, held)
  return new Map(products.map((product, index) => [held[index]!, product]))
}

const applyChanges = async (
  ctx: Context,
  plans: readonly PlannedProduct[],
  { there, system }: { readonly there: There; readonly system: string },
): Promise<ReadonlyMap<PlannedProduct, Applied>> => {
  const outcomes = new Map<PlannedProduct, Applied>()
  for (const plan of plans) {
    const id = plan.id!
    const before = there.get(id)
    if (before && isUnchanged(plan, before)) {
      outcomes.set(plan, { outcome: { is: 'UNCHANGED', id: encodeId('product', id) }, productId: id })
      continue
    }
    const done = await changeProduct(ctx, plan, system)
    outcomes.set(
      plan,
      done.ok
        ? { outcome: { is: 'UPDATED', id: encodeId('product', id) }, productId: id }
        : { outcome: refusedBecause([done.error], shown(plan.item)) },
    )
  }
  return outcomes
}

/** What an item names that the shop has not, and that it is saved without, or takes otherwise. */
const leftOut = ({ item, hints }: Item, { categories, collections }: Situation): Warning[] => {
  const { warnings = [] } = hints ?? {}
  if (!hints?.onlyKnown) return [...warnings]
  const types = (item.categories ?? []).filter((slug) => !categories.has(slug))
  const tags = (item.collections ?? []).filter((slug) => collections.get(slug)?.byRule !== false)
  return [
    ...warnings,
    ...(types.length > 0 ? [{ column: 'Type', reason: 'NO_CATEGORY' as const, names: types }] : []),
    ...(tags.length > 0 ? [{ column: 'Tags', reason: 'NO_COLLECTION' as const, names: tags }] : []),
  ]
}

/** A product that is as it was has changed all the same when its prices have. */
const savedAs = (
  outcome: Outcome,
  { isRepriced, warnings }: { readonly isRepriced: boolean; readonly warnings: readonly Warning[] },
): Outcome => {
  if (outcome.is === 'REFUSED') return outcome
  return { ...outcome, warnings, is: isRepriced && outcome.is === 'UNCHANGED' ? 'UPDATED' : outcome.is }
}

type Ended = ReadonlyMap<Item, Outcome>

/** The prices or stock of these products are refused, so that nothing of them may be kept. */
interface Unkept {
  readonly refused: Ended
}

/** SKUs that items had not when the shop was asked for what they name. */
const newSkus = (items: readonly Item[], named: readonly ProductItem[]): string[] =>
  named.flatMap(({ variants }, index) =>
    (variants ?? []).flatMap(({ sku }, place) =>
      sku === items[index]!.item.variants?.[place]?.sku ? [] : [sku],
    ),
  )

const applyRun = async (
  ctx: Context,
  items: readonly Item[],
  settings: ImportSettings,
): Promise<Ended | Unkept> => {
  const { system } = settings
  const found = await readSituation(ctx, items, settings)
  const targets = items.map(({ item, hints }) => targetOf(item, found, hints))
  const there = await holdProducts(ctx, system, [...new Set(targets.flatMap((id) => id ?? []))])
  const { locale } = settings
  const thereOf = (id: Uuid | undefined) => (id === undefined ? undefined : there.get(id))
  const named: ProductItem[] = []
  for (const [index, each] of items.entries()) {
    const id = targets[index]
    const target = { id, there: thereOf(id) }
    named.push(await settleNames(ctx, each, { target, situation: found, locale }))
  }
  const situation = await withSkus(ctx, found, newSkus(items, named))
  const planned = items.map(({ hints }, index) => {
    const id = targets[index]
    const whole = keepTexts(named[index]!, thereOf(id), { locale, hints })
    return planProduct(whole, { situation, settings }, { id, hints })
  })
  const sound = planned.flatMap(({ plan, refused }) => (refused.length === 0 ? [plan] : []))
  const creates = sound.filter(({ id }) => id === undefined)
  const changes = sound.filter(({ id }) => id !== undefined)
  const made = await createProducts(ctx, creates, system)
  const applied = new Map<PlannedProduct, Applied>([
    ...creates.map((plan, index): [PlannedProduct, Applied] => [
      plan,
      { outcome: { is: 'CREATED', id: encodeId('product', made[index]!) }, productId: made[index]! },
    ]),
    ...(changes.length > 0 ? await applyChanges(ctx, changes, { there, system }) : []),
  ])
  const offered = await saveOffers(
    ctx,
    [...applied].flatMap(([{ item }, { productId }]) => (productId === undefined ? [] : [item])),
    settings,
  )
  if (offered.refused.size > 0) {
    const refused = items.flatMap((each): [Item, Outcome][] => {
      const why = offered.refused.get(planned[items.indexOf(each)]!.plan.item)
      return why ? [[each, refusedBecause(why, shown(each.item))]] : []
    })
    return { refused: new Map(refused) }
  }
  return new Map(
    planned.map(({ plan, refused }, place): [Item, Outcome] => [
      items[place]!,
      refused.length > 0
        ? refusedBecause(refused, shown(plan.item))
        : savedAs(applied.get(plan)!.outcome, {
            isRepriced: offered.changed.has(plan.item),
            warnings: leftOut(items[place]!, situation),
          }),
    ]),
  )
}

/** Runs again without those that cannot be kept whole, until all that is left can. */
const applyWhole = async (ctx: Context, items: readonly Item[], settings: ImportSettings): Promise<Ended> => {
  const ended = new Map<Item, Outcome>()
  for (let left = items; left.length > 0;) {
    let unkept: Unkept | undefined
    const run = await command(ctx, { operation: 'bulkProducts', input: null }, async (inner) => {
      const done = await applyRun(inner, left, settings)
      if (!('refused' in done)) return ok(done)
      unkept = done
      return BULK.refuse('ROW_FAILED', { reason: UNDONE })
    })
    for (const [item, outcome] of run.ok ? run.value : unkept!.refused) ended.set(item, outcome)
    left = left.filter((item) => !ended.has(item))
  }
  return ended
}

/**
 * Creates and changes products by their external keys, slugs or SKUs. New ones take few statements however many they
 * are; those that say already what they shall say take none; a product is whole, with its variants, or as it was.
 */
export const applyProducts = async (
  ctx: Context,
  entries: readonly Entry[],
  settings: ImportSettings,
): Promise<Outcome[]> => {
  const outcomes: Outcome[] = []
  const items: Item[] = []
  for (const [index, { item, hints }] of entries.entries()) {
    const shape = checkShape(productItem, item)
    if (shape.ok) items.push({ index, item: shape.value, hints })
    else outcomes[index] = refusedBecause([shape.error])
  }
  for (const run of runsOf(items)) {
    const { system = settings.system } = run[0]!.hints ?? {}
    const ended = await applyWhole(ctx, run, { ...settings, system })
    for (const [{ index }, outcome] of ended) outcomes[index] = outcome
  }
  return outcomes
}
