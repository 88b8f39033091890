import { command, type Context } from '@hilo/db'
import { unwrap, type Uuid } from '@hilo/kernel'
import { setComponents } from '../bundles/set-components.ts'
import { type DigitalFileInput, setFiles } from '../digital/set-files.ts'
import { type GoodsChange, setGoods } from '../measure/set-goods.ts'

const run = async (ctx: Context, change: (inner: Context) => ReturnType<typeof setGoods>): Promise<void> => {
  unwrap(await command(ctx, { operation: 'goods', input: null }, change))
}

/** Says what kind of goods a variant is: `setTestGoods(ctx, id, { measure: { unit: 'KILOGRAM', scale: 3 } })`. */
export const setTestGoods = (
  ctx: Context,
  variantId: Uuid,
  change: Omit<GoodsChange, 'variantId'>,
): Promise<void> => run(ctx, (inner) => setGoods(inner, { ...change, variantId }))

/** Makes a variant a bundle: `bundleTestVariant(ctx, set, { [cup]: 2, [pot]: 1 })`. */
export const bundleTestVariant = (
  ctx: Context,
  variantId: Uuid,
  parts: Readonly<Record<Uuid, number>>,
  reductionPpm: number | null = null,
): Promise<void> => {
  const components = Object.entries(parts).map(([id, quantity]) => ({ variantId: id, quantity }))
  return run(ctx, (inner) => setComponents(inner, { variantId, components, reductionPpm }))
}

/** Gives the buyers of a variant a text: `giveTestFile(ctx, guide, { name: 'guide.txt', body: 'Grind it.' })`. */
export const giveTestFile = (
  ctx: Context,
  variantId: Uuid,
  file: Omit<DigitalFileInput, 'mediaType'> & { readonly mediaType?: string },
): Promise<void> =>
  run(ctx, (inner) => setFiles(inner, { variantId, files: [{ mediaType: 'text/plain', ...file }] }))
