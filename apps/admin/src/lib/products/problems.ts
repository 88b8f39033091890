import * as v from 'valibot'
import type { FieldErrors } from '#lib/api/refusal.ts'
import { hasText } from '#lib/editing/texts.ts'
import { parseAmount } from '#lib/format/money.ts'
import { m } from '#lib/paraglide/messages.js'
import type { ProductDraft } from './draft.ts'
import type { ProductChoicesData } from './product.ts'

/** The last part of a web address. */
export const Slug = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, () => m.product_slug_invalid()),
)

const Name = v.pipe(
  v.record(v.string(), v.string()),
  v.check(hasText, () => m.required_field()),
)

const Product = v.object({ slug: Slug, name: Name })

const WHOLE = /^\d{1,9}$/

/** What stands in the way of saving, by field. The API has the last word on all else. */
export const problemsOf = (
  draft: ProductDraft,
  {
    base,
    priceLists,
  }: { readonly base: ProductDraft; readonly priceLists: ProductChoicesData['priceLists'] },
): FieldErrors => {
  const errors: Record<string, string> = {}
  const checked = v.safeParse(Product, draft)
  for (const issue of checked.issues ?? []) errors[v.getDotPath(issue) ?? ''] ??= issue.message
  for (const [id, variant] of Object.entries(draft.variants)) {
    const at = `variants.${id}`
    if (!variant.sku.trim()) errors[`${at}.sku`] = m.required_field()
    for (const [key, { listId, amount }] of Object.entries(variant.prices)) {
      const currency = priceLists.find((list) => list.id === listId)?.currency ?? ''
      if (amount.trim() && parseAmount(amount, currency) === undefined)
        errors[`${at}.prices.${key}`] = m.variant_price_invalid({ currency })
    }
    for (const [locationId, onHand] of Object.entries(variant.stock))
      if (onHand !== base.variants[id]?.stock[locationId] && !WHOLE.test(onHand))
        errors[`${at}.stock.${locationId}`] = m.variant_stock_invalid()
  }
  return errors
}

/** An address made from a name: `Té verde` → `te-verde`. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80)

/** What stands in the way of creating a product, by field. */
export const newProductProblems = (product: Pick<ProductDraft, 'slug' | 'name'>): FieldErrors =>
  Object.fromEntries(
    (v.safeParse(Product, product).issues ?? []).map((issue) => [v.getDotPath(issue) ?? '', issue.message]),
  )
