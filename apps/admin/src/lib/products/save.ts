import { fieldErrors, type Refusal } from '#lib/api/refusal.ts'
import type { Write } from '#lib/api/write.ts'
import type { Outcome } from '#lib/editing/editor.svelte.ts'
import type { Step } from './changes.ts'
import { PriceRemove, PriceSet, ProductUpdate, StockSet, VariantUpdate } from './mutations.ts'
import type { ProductData } from './product.ts'

/** Does one step of saving a product. */
export const runStep = async (write: Write, product: ProductData, step: Step): Promise<Outcome> => {
  const { userErrors } = await send(write, product, step)
  // A product and a variant have fields of their own; a price and a stock are one field as a whole.
  const errors =
    step.kind === 'product' || step.kind === 'variant'
      ? fieldErrors(userErrors, step.field)
      : Object.fromEntries(userErrors.slice(0, 1).map(({ message }) => [step.field, message]))
  return { userErrors, errors }
}

const send = (
  write: Write,
  product: ProductData,
  step: Step,
): Promise<{ readonly userErrors: readonly Refusal[] }> => {
  switch (step.kind) {
    case 'product': {
      const { categoryIds, channelIds, ...fields } = step.change
      return write(ProductUpdate, {
        id: product.id,
        ifVersion: product.version,
        ...fields,
        ...(categoryIds ? { categoryIds: [...categoryIds] } : {}),
        ...(channelIds ? { channelIds: [...channelIds] } : {}),
      })
    }
    case 'variant': {
      const version = product.variants.find(({ id }) => id === step.variantId)?.version
      return write(VariantUpdate, { id: step.variantId, ifVersion: version ?? null, ...step.change })
    }
    case 'price':
      return write(PriceSet, { variantId: step.variantId, ...step.price })
    case 'priceRemove':
      return write(PriceRemove, { id: step.priceId })
    case 'stock':
      return write(StockSet, { variantId: step.variantId, locationId: step.locationId, onHand: step.onHand })
  }
}
