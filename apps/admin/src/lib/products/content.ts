import type { Texts } from '#lib/editing/texts.ts'
import type { ValueDraft, ValuesDraft } from './attribute-values.ts'
import type { ProductDraft } from './draft.ts'

interface ValueContent {
  readonly code: string
  readonly [field: string]: unknown
}

/** What versions and drafts keep of a product: `ProductContent.all`. */
export interface Content {
  readonly slug: string
  readonly name: Texts
  readonly description: Texts
  readonly taxClass: ProductDraft['taxClass']
  readonly status: ProductDraft['status']
  readonly productTypeId: string | null
  readonly seo: {
    readonly title: Texts
    readonly description: Texts
    readonly noIndex: boolean
    readonly canonicalUrl: string | null
    readonly imageUrl: string | null
  }
  readonly categoryIds: readonly string[]
  readonly channelIds: readonly string[]
  readonly attributes: readonly ValueContent[]
}

/** A value as its control has it; nothing for one that is taken away. */
export const valueOfContent = ({ code: _code, ...fields }: ValueContent): ValueDraft | undefined => {
  const [field, value] = Object.entries(fields).find(([, each]) => each !== null && each !== undefined) ?? []
  if (field === undefined) return undefined
  if (field === 'categoryIds') return (value as readonly string[]).toSorted()
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return structuredClone(value) as ValueDraft
}

const valuesOfContent = (values: readonly ValueContent[]): ValuesDraft =>
  Object.fromEntries(
    values.flatMap((value) => {
      const said = valueOfContent(value)
      return said === undefined ? [] : [[value.code, said]]
    }),
  )

/** The content as the editor has it. What it does not hold, such as variants and times of publication, stays as in `base`. */
export const draftOfContent = (content: Content, base: ProductDraft): ProductDraft => {
  const channelIds = new Set(content.channelIds)
  return {
    ...base,
    slug: content.slug,
    name: { ...content.name },
    description: { ...content.description },
    taxClass: content.taxClass,
    status: content.status,
    productTypeId: content.productTypeId ?? '',
    attributes: valuesOfContent(content.attributes),
    seo: {
      title: { ...content.seo.title },
      description: { ...content.seo.description },
      noIndex: content.seo.noIndex ?? false,
      canonicalUrl: content.seo.canonicalUrl ?? '',
      imageUrl: content.seo.imageUrl ?? '',
    },
    categoryIds: content.categoryIds.toSorted(),
    publications: Object.fromEntries(
      Object.entries(base.publications).map(([id, publication]) => [
        id,
        channelIds.has(id) === publication.on ? publication : { on: !publication.on, from: '', until: '' },
      ]),
    ),
  }
}

/** The saved content with the rest of what somebody edits: what is left after the content went into a draft. */
export const withoutContent = (draft: ProductDraft, base: ProductDraft): ProductDraft => ({
  ...base,
  related: draft.related,
  variants: draft.variants,
})
