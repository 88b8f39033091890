import type { FieldErrors } from '#lib/api/refusal.ts'
import { hasText } from '#lib/editing/texts.ts'
import { parseAmount } from '#lib/format/money.ts'
import { m } from '#lib/paraglide/messages.js'
import { valueProblems } from './attribute-values.ts'
import type { Definitions } from './changes.ts'
import type { ProductDraft } from './draft.ts'
import { goodsProblems } from './goods.ts'
import type { ProductChoicesData } from './product.ts'
import { reductionOf } from './variant-changes.ts'
import type { VariantDraft } from './variant-draft.ts'

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/
const WHOLE = /^\d{1,9}$/

/** What stands in the way of creating a product, by field. */
export const newProductProblems = ({ slug, name }: Pick<ProductDraft, 'slug' | 'name'>): FieldErrors => ({
  ...(SLUG.test(slug.trim()) ? {} : { slug: m.product_slug_invalid() }),
  ...(hasText(name) ? {} : { name: m.required_field() }),
})

interface Saving {
  readonly base: ProductDraft
  readonly priceLists: ProductChoicesData['priceLists']
  readonly definitions: Definitions
}

const under = (at: string, problems: FieldErrors): [string, string][] =>
  Object.entries(problems).map(([field, message]) => [`${at}.${field}`, message])

const partProblems = (variant: VariantDraft, at: string): [string, string][] => [
  ...variant.components.flatMap(({ quantity }, index): [string, string][] =>
    /^[1-9]\d{0,6}$/.test(quantity.trim())
      ? []
      : [[`${at}.components.${index}.quantity`, m.number_invalid()]],
  ),
  ...(variant.reduction.trim() && reductionOf(variant.reduction) === null
    ? ([[`${at}.reduction`, m.promotion_rate_invalid()]] as [string, string][])
    : []),
  ...variant.files.flatMap(({ name, mediaType }, index): [string, string][] => [
    ...(name.trim() ? [] : ([[`${at}.files.${index}.name`, m.required_field()]] as [string, string][])),
    ...(mediaType.trim()
      ? []
      : ([[`${at}.files.${index}.mediaType`, m.required_field()]] as [string, string][])),
  ]),
]

const variantProblems = (
  id: string,
  variant: VariantDraft,
  { base, priceLists, definitions }: Saving,
): [string, string][] => {
  const at = `variants.${id}`
  const prices = Object.entries(variant.prices).flatMap(([key, { listId, amount }]): [string, string][] => {
    const currency = priceLists.find((list) => list.id === listId)?.currency ?? ''
    const isWrong = amount.trim() && parseAmount(amount, currency) === undefined
    return isWrong ? [[`${at}.prices.${key}`, m.variant_price_invalid({ currency })]] : []
  })
  const stock = Object.entries(variant.stock).flatMap(([locationId, onHand]): [string, string][] =>
    onHand !== base.variants[id]?.stock[locationId] && !WHOLE.test(onHand)
      ? [[`${at}.stock.${locationId}`, m.variant_stock_invalid()]]
      : [],
  )
  return [
    ...(variant.sku.trim() ? [] : ([[`${at}.sku`, m.required_field()]] as [string, string][])),
    ...prices,
    ...stock,
    ...under(`${at}.goods`, goodsProblems(variant.goods)),
    ...under(`${at}.attributes`, valueProblems(definitions.variant, variant.attributes)),
    ...partProblems(variant, at),
  ]
}

/** What stands in the way of saving, by field. The API has the last word on all else. */
export const problemsOf = (draft: ProductDraft, saving: Saving): FieldErrors => ({
  ...newProductProblems(draft),
  ...Object.fromEntries(under('attributes', valueProblems(saving.definitions.product, draft.attributes))),
  ...Object.fromEntries(
    Object.entries(draft.publications)
      .filter(([, { on, from, until }]) => on && from && until && until <= from)
      .map(([id]) => [`publications.${id}`, m.promotion_ends_before()]),
  ),
  ...Object.fromEntries(
    Object.entries(draft.variants).flatMap(([id, variant]) => variantProblems(id, variant, saving)),
  ),
})

/** An address made from a name: `Té verde` → `te-verde`. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80)
