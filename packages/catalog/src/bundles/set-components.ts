import type { Context, Executor } from '@hilo/db'
import { COMMON, encodeId, MAX_QUANTITY, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { GOODS_REFUSALS } from '../measure/errors.ts'
import { lockVariant, touchVariant } from '../measure/lock-variant.ts'
import { checkCount } from '../text.ts'
import { componentsOfBundles, MAX_BUNDLES, MAX_COMPONENTS } from './components.ts'

const { refuse } = GOODS_REFUSALS

/** What a bundle shall be made of; no components dissolve it. */
export interface BundleChange {
  readonly variantId: Uuid
  readonly ifVersion?: number | null
  readonly components: readonly { readonly variantId: Uuid; readonly quantity: number }[]
  /** It costs the sum of its components less this rate; null: it has prices of its own. */
  readonly reductionPpm?: number | null
}

const checkChange = ({ components, reductionPpm }: BundleChange): Result<void> => {
  const counted = checkCount(components, MAX_COMPONENTS, ['components'])
  if (!counted.ok) return counted
  const isRate = reductionPpm == null || (reductionPpm >= 0 && reductionPpm <= 1_000_000)
  if (!isRate) return refuse('REDUCTION_INVALID', {}, ['reductionPpm'])
  for (const [index, { quantity }] of components.entries()) {
    if (quantity >= 1 && quantity <= MAX_QUANTITY) continue
    const path = ['components', String(index), 'quantity']
    return COMMON.refuse('QUANTITY_INVALID', { quantity, min: 1, max: MAX_QUANTITY }, path)
  }
  return ok(undefined)
}

/** What stands in the way of a bundle, of variants that the transaction holds. */
interface Facts {
  readonly id: Uuid
  readonly sku: string
  /** It has components. */
  readonly isBundle: boolean
  /** A bundle that it is a component of. */
  readonly inBundle: string | null
  /** In how many others than the one that changes. */
  readonly others: number
  readonly isOwnGoods: boolean
}

const factsOf = async (
  db: Executor<'variant' | 'bundle_component' | 'digital_file'>,
  bundleId: Uuid,
  ids: readonly Uuid[],
): Promise<Map<Uuid, Facts>> => {
  const { rows } = await sql<Facts>`
    select id, sku,
      exists (select from bundle_component where bundle_id = variant.id) as "isBundle",
      (select bundle.sku from bundle_component join variant bundle on bundle.id = bundle_id
        where component_id = variant.id order by bundle.sku limit 1) as "inBundle",
      (select count(*)::integer from bundle_component
        where component_id = variant.id and bundle_id <> ${bundleId}) as others,
      measure_unit is not null
        or exists (select from digital_file where variant_id = variant.id and removed_at is null) as "isOwnGoods"
    from variant where id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

const checkComponents = (
  { variantId, components }: BundleChange,
  facts: ReadonlyMap<Uuid, Facts>,
): Result<void> => {
  const bundle = facts.get(variantId)!
  if (bundle.isOwnGoods) return refuse('BUNDLE_NOT_ITSELF', { sku: bundle.sku }, ['variantId'])
  if (bundle.inBundle) {
    return refuse('BUNDLE_IS_COMPONENT', { sku: bundle.sku, bundle: bundle.inBundle }, ['variantId'])
  }
  const seen = new Set<Uuid>()
  for (const [index, { variantId: id }] of components.entries()) {
    const path = ['components', String(index), 'variantId']
    const component = facts.get(id)
    if (!component) return COMMON.refuse('NOT_FOUND', { kind: 'variant', id: encodeId('variant', id) }, path)
    const { sku, isBundle, others } = component
    if (id === variantId) return refuse('BUNDLE_OF_ITSELF', { sku }, path)
    if (seen.has(id)) return refuse('BUNDLE_COMPONENT_TWICE', { sku }, path)
    if (isBundle) return refuse('BUNDLE_COMPONENT_IS_BUNDLE', { sku }, path)
    if (others >= MAX_BUNDLES) return refuse('COMPONENT_IN_TOO_MANY', { sku, max: MAX_BUNDLES }, path)
    seen.add(id)
  }
  return ok(undefined)
}

const write = async (
  db: Executor<'variant' | 'bundle_component'>,
  { variantId, components, reductionPpm }: BundleChange,
): Promise<void> => {
  await db.deleteFrom('bundle_component').where('bundle_id', '=', variantId).execute()
  const rows = components.map((component, position) => ({
    bundle_id: variantId,
    component_id: component.variantId,
    quantity: component.quantity,
    position,
  }))
  if (rows.length > 0) await db.insertInto('bundle_component').values(rows).execute()
  await db
    .updateTable('variant')
    .set({ bundle_reduction_ppm: rows.length > 0 ? (reductionPpm ?? null) : null })
    .where('id', '=', variantId)
    .execute()
}

/**
 * Makes a variant a bundle of others, or with no components an ordinary variant again. Bundle and components are held
 * meanwhile, so that two who change bundles at once cannot make one of the other.
 */
export const setComponents = async (
  ctx: Context,
  change: BundleChange,
): Promise<Result<{ variantId: Uuid }>> => {
  const checked = checkChange(change)
  if (!checked.ok) return checked
  const { variantId } = change
  const componentIds = change.components.map((component) => component.variantId)
  const variant = await lockVariant(ctx, { ...change, others: componentIds })
  if (!variant.ok) return variant
  const before = await componentsOfBundles(ctx.db, [variantId])
  if (componentIds.length > 0) {
    const facts = await factsOf(ctx.db, variantId, [variantId, ...componentIds])
    const allowed = checkComponents(change, facts)
    if (!allowed.ok) return allowed
  }
  await write(ctx.db, change)
  const after = await componentsOfBundles(ctx.db, [variantId])
  const texts = (list: typeof before) => list.map(({ sku, quantity }) => `${quantity} × ${sku}`)
  await touchVariant(ctx, variant.value, { components: [texts(before), texts(after)] })
  return ok({ variantId })
}
