import { parseAmount } from '#lib/format/money.ts'
import { isSame } from '#lib/editing/rebase.ts'
import { textInput } from '#lib/editing/texts.ts'
import type { ProductDraft, VariantDraft } from './draft.ts'
import type { ProductChoicesData, ProductData } from './product.ts'

type TextsInput = ReturnType<typeof textInput>

/** What to send for the product itself; only what changed. */
export interface ProductChange {
  readonly slug?: string
  readonly name?: TextsInput
  readonly description?: TextsInput
  readonly taxClass?: ProductDraft['taxClass']
  readonly status?: ProductDraft['status']
  readonly categoryIds?: readonly string[]
  readonly channelIds?: readonly string[]
}

/** One thing to do on saving, and the field of the draft that it is about. */
export type Step =
  | { readonly kind: 'product'; readonly field: ''; readonly change: ProductChange }
  | {
      readonly kind: 'variant'
      readonly field: string
      readonly variantId: string
      readonly change: { sku?: string; name?: TextsInput }
    }
  | {
      readonly kind: 'price'
      readonly field: string
      readonly variantId: string
      readonly price: PriceChange
    }
  | { readonly kind: 'priceRemove'; readonly field: string; readonly priceId: string }
  | {
      readonly kind: 'stock'
      readonly field: string
      readonly variantId: string
      readonly locationId: string
      readonly onHand: number
    }

interface PriceChange {
  readonly priceListId: string
  readonly minQuantity: number
  readonly amount: { readonly amountMinor: number; readonly currency: string }
}

interface Saved {
  readonly product: ProductData
  readonly priceLists: ProductChoicesData['priceLists']
}

/**
 * What to do to get from what is saved to the draft, the product first. The draft must be valid: see `problemsOf`.
 */
export const stepsOf = (base: ProductDraft, draft: ProductDraft, saved: Saved): Step[] => {
  const change = changeOf(base, draft)
  const steps: Step[] = Object.keys(change).length > 0 ? [{ kind: 'product', field: '', change }] : []
  for (const [variantId, mine] of Object.entries(draft.variants)) {
    const before = base.variants[variantId]
    if (before && !isSame(before, mine)) steps.push(...variantSteps(variantId, { before, mine }, saved))
  }
  return steps
}

const changeOf = (base: ProductDraft, draft: ProductDraft): ProductChange => {
  const { variants: _, name, description, ...fields } = draft
  return {
    ...(isSame(name, base.name) ? {} : { name: textInput(name) }),
    ...(isSame(description, base.description) ? {} : { description: textInput(description) }),
    ...Object.fromEntries(
      Object.entries(fields).filter(([field, value]) => !isSame(value, base[field as keyof typeof fields])),
    ),
  }
}

const variantSteps = (
  variantId: string,
  { before, mine }: { readonly before: VariantDraft; readonly mine: VariantDraft },
  { product, priceLists }: Saved,
): Step[] => {
  const field = `variants.${variantId}`
  const steps: Step[] = []
  const change = {
    ...(mine.sku === before.sku ? {} : { sku: mine.sku }),
    ...(isSame(mine.name, before.name) ? {} : { name: textInput(mine.name) }),
  }
  if (Object.keys(change).length > 0) steps.push({ kind: 'variant', field, variantId, change })
  const savedPrices = product.variants.find(({ id }) => id === variantId)?.prices ?? []
  for (const [key, price] of Object.entries(mine.prices)) {
    if (price.amount === (before.prices[key]?.amount ?? '')) continue
    const at = `${field}.prices.${key}`
    const currency = priceLists.find(({ id }) => id === price.listId)?.currency ?? ''
    const row = savedPrices.find(
      ({ priceList, minQuantity }) => priceList.id === price.listId && minQuantity === price.minQuantity,
    )
    const amountMinor = parseAmount(price.amount, currency)
    if (amountMinor !== undefined) {
      const { listId: priceListId, minQuantity } = price
      steps.push({
        kind: 'price',
        field: at,
        variantId,
        price: { priceListId, minQuantity, amount: { amountMinor, currency } },
      })
    } else if (row) steps.push({ kind: 'priceRemove', field: at, priceId: row.id })
  }
  for (const [locationId, onHand] of Object.entries(mine.stock)) {
    if (onHand === (before.stock[locationId] ?? '')) continue
    steps.push({
      kind: 'stock',
      field: `${field}.stock.${locationId}`,
      variantId,
      locationId,
      onHand: Number(onHand),
    })
  }
  return steps
}
