import { setComponents, setFiles, setGoods } from '@hilo/catalog'
import type { Context } from '@hilo/db'
import { unwrap, type Uuid } from '@hilo/kernel'
import type { DemoGoods } from '../../demo/data.ts'

/** Says what is sold by measure, downloaded, or made of others; before anything is counted. Variants by SKU. */
export const seedGoods = async (
  ctx: Context,
  goods: Readonly<Record<string, DemoGoods>>,
  variants: ReadonlyMap<string, Uuid>,
): Promise<void> => {
  for (const [sku, { files, components, reductionPpm, ...change }] of Object.entries(goods)) {
    const variantId = variants.get(sku)!
    if (Object.keys(change).length > 0) unwrap(await setGoods(ctx, { ...change, variantId }))
    if (files) unwrap(await setFiles(ctx, { variantId, files }))
    if (!components) continue
    const parts = Object.entries(components).map(([part, quantity]) => ({
      variantId: variants.get(part)!,
      quantity,
    }))
    unwrap(await setComponents(ctx, { variantId, components: parts, reductionPpm: reductionPpm ?? null }))
  }
}
