import { publicationChanges, type PublicationChange } from '#lib/collections/draft.ts'
import { isSame } from '#lib/editing/rebase.ts'
import { textInput } from '#lib/editing/texts.ts'
import { seoTermsOf } from '#lib/seo/seo.ts'
import type { Definition } from './attribute-fields.ts'
import { valueChanges, type valueInput } from './attribute-values.ts'
import { type ProductDraft, RELATION_KINDS, type RelationKind } from './draft.ts'
import { type VariantStep, variantSteps, type VariantSaving } from './variant-changes.ts'

/** One thing to do on saving. */
export type Step =
  | { readonly kind: 'product'; readonly change: ProductChange }
  | { readonly kind: 'publication'; readonly change: PublicationChange }
  | { readonly kind: 'related'; readonly relation: RelationKind; readonly relatedIds: string[] }
  | VariantStep

/** What to send for the product itself; only what changed. */
export type ProductChange = Partial<{
  slug: string
  name: ReturnType<typeof textInput>
  description: ReturnType<typeof textInput>
  taxClass: ProductDraft['taxClass']
  status: ProductDraft['status']
  productTypeId: string | null
  attributes: ReturnType<typeof valueInput>[]
  seo: ReturnType<typeof seoTermsOf>
  categoryIds: string[]
  channelIds: string[]
}>

/** The definitions that the product's own values, and those of its variants, are read by. */
export interface Definitions {
  readonly product: readonly Definition[]
  readonly variant: readonly Definition[]
}

/** The channels that are on without times of their own: those with times are published by themselves. */
const channelsOf = ({ publications }: ProductDraft, base: ProductDraft): string[] =>
  Object.entries(publications)
    .filter(([id, { on, from, until }]) => on && (base.publications[id]?.on || (!from && !until)))
    .map(([id]) => id)
    .sort()

const wereOn = ({ publications }: ProductDraft): string[] =>
  Object.entries(publications)
    .filter(([, { on }]) => on)
    .map(([id]) => id)
    .sort()

/** What the product itself is to say; empty when it stays as it is. */
export const productChange = (
  base: ProductDraft,
  draft: ProductDraft,
  { product }: Pick<Definitions, 'product'>,
): ProductChange => {
  const isOther = (field: keyof ProductDraft): boolean => !isSame(draft[field], base[field])
  const attributes = valueChanges(product, draft.attributes, base.attributes)
  const channelIds = channelsOf(draft, base)
  return {
    ...(isOther('slug') && { slug: draft.slug.trim() }),
    ...(isOther('name') && { name: textInput(draft.name) }),
    ...(isOther('description') && { description: textInput(draft.description) }),
    ...(isOther('taxClass') && { taxClass: draft.taxClass }),
    ...(isOther('status') && { status: draft.status }),
    ...(isOther('productTypeId') && { productTypeId: draft.productTypeId || null }),
    ...(attributes.length > 0 && { attributes }),
    ...(isOther('seo') && { seo: seoTermsOf(draft.seo) }),
    ...(isOther('categoryIds') && { categoryIds: [...draft.categoryIds] }),
    ...(isSame(channelIds, wereOn(base)) ? {} : { channelIds }),
  }
}

/** The channels whose times change; that one is only on or off goes with the product. */
const scheduled = (base: ProductDraft, draft: ProductDraft): PublicationChange[] =>
  publicationChanges(draft, {
    publications: Object.fromEntries(
      Object.entries(base.publications).map(([id, before]) => {
        const mine = draft.publications[id]
        const isSwitch = mine && (!mine.on || (!before.on && !mine.from && !mine.until))
        return [id, isSwitch ? mine : before]
      }),
    ),
  })

/**
 * What to do to get from what is saved to the draft, the product first. The draft must be valid: see `problemsOf`.
 */
export const stepsOf = (
  base: ProductDraft,
  draft: ProductDraft,
  saving: VariantSaving & { readonly definitions: Definitions },
): Step[] => {
  const change = productChange(base, draft, saving.definitions)
  return [
    ...(Object.keys(change).length > 0 ? [{ kind: 'product' as const, change }] : []),
    ...scheduled(base, draft).map((publication) => ({
      kind: 'publication' as const,
      change: publication,
    })),
    ...RELATION_KINDS.filter((kind) => !isSame(draft.related[kind], base.related[kind])).map((relation) => ({
      kind: 'related' as const,
      relation,
      relatedIds: [...draft.related[relation]],
    })),
    ...variantSteps(base, draft, saving),
  ]
}
