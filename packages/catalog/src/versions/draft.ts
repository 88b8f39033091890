import { type Context, type Json, rehearse } from '@hilo/db'
import { actorKey, COMMON, ok, type Refusal, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { productEvent } from '../events.ts'
import { type LockedProduct, lockProduct } from '../lock-product.ts'
import { tellOfProducts } from '../tell-of-products.ts'
import { updateProduct } from '../update-product.ts'
import { applied, conflictsOf, type Difference, differenceOf, type ProductContent } from './content.ts'
import { VERSION_REFUSALS } from './errors.ts'
import { currentContent, versionsByKeys } from './version-queries.ts'

/** What a draft changes; what is left out stays. */
export type ContentChange = Partial<ProductContent>

/** The draft of a product: a change that nobody but staff sees until it is published. */
export interface Draft {
  readonly productId: Uuid
  /** The number of the version that it was made from. */
  readonly base: number
  readonly change: ContentChange
  /** When it publishes itself; null when somebody does. */
  readonly publishAt: Date | null
  /** The code of the refusal that kept it from publishing itself. */
  readonly failed: string | null
  /** That refusal; null of one that was refused before refusals were kept. */
  readonly refusal: Refusal | null
  readonly version: number
  readonly actor: string
  readonly updatedAt: Date
}

const { refuse } = VERSION_REFUSALS

/** The drafts of these products. */
export const draftsOfProducts = async (db: Context['db'], productIds: readonly Uuid[]): Promise<Draft[]> => {
  const rows = await db
    .selectFrom('product_draft')
    .selectAll()
    .where('product_id', '=', sql<Uuid>`any(${productIds}::uuid[])`)
    .execute()
  return rows.map(({ product_id, change, publish_at, updated_at, refusal, ...row }) => ({
    ...row,
    refusal: refusal as Refusal | null,
    productId: product_id,
    change: change as ContentChange,
    publishAt: publish_at,
    updatedAt: updated_at,
  }))
}

/** A product held with its draft, when the caller knows the draft's version. */
const lockDraft = async (
  ctx: Context,
  productId: Uuid,
  ifVersion?: number | null,
): Promise<Result<{ readonly product: LockedProduct; readonly draft: Draft | undefined }>> => {
  const product = await lockProduct(ctx, { id: productId, path: ['productId'] })
  if (!product.ok) return product
  const [draft] = await draftsOfProducts(ctx.db, [productId])
  if (ifVersion != null && ifVersion !== (draft?.version ?? 0)) {
    return COMMON.refuse('VERSION_CONFLICT', { current: draft?.version ?? 0 }, ['ifVersion'])
  }
  return ok({ product: product.value, draft })
}

/** Staff alone hear of drafts. */
const draftEvent = (
  type: 'ProductDraftSaved.v1' | 'ProductDraftDiscarded.v1' | 'ProductDraftPublished.v1',
  { id, channelIds }: LockedProduct,
) => ({ ...productEvent('ProductUpdated.v1', { productId: id, channelIds, isPublic: false }), type })

interface DraftToSave {
  readonly productId: Uuid
  /** The version of the draft that is replaced; 0 for none. */
  readonly ifVersion?: number | null
  /** The version of the product that it is made from; the newest when left out. */
  readonly base?: number | null
  readonly change: ContentChange
  readonly publishAt?: Date | null
}

/** What publishing this would be refused with now; that something required is still missing is what drafts are for. */
const refusedChange = async (ctx: Context, id: Uuid, change: ContentChange) => {
  const tried = await rehearse(ctx, (inner) => updateProduct(inner, { ...change, id }))
  return tried.ok || tried.error.code === 'ATTRIBUTE_REQUIRED' ? undefined : tried
}

/** Saves a change as the draft of a product, in the place of the one before. Refuses what cannot be published as it is. */
export const saveDraft = async (ctx: Context, draft: DraftToSave): Promise<Result<{ productId: Uuid }>> => {
  const { productId, change, publishAt = null } = draft
  if (publishAt && publishAt <= ctx.now()) return refuse('PUBLISH_AT_PAST', {}, ['publishAt'])
  const locked = await lockDraft(ctx, productId, draft.ifVersion)
  if (!locked.ok) return locked
  const current = locked.value.product.contentVersion
  const base = draft.base ?? current
  if (base < 1 || base > current) return COMMON.refuse('VERSION_CONFLICT', { current }, ['base'])
  const refused = await refusedChange(ctx, productId, change)
  if (refused) return refused
  const row = {
    base,
    change: JSON.stringify(change),
    publish_at: publishAt,
    failed: null,
    refusal: null,
    actor: actorKey(ctx.actor),
    updated_at: ctx.now(),
  }
  await ctx.db
    .insertInto('product_draft')
    .values({ product_id: productId, ...row })
    .onConflict((conflict) =>
      conflict
        .column('product_id')
        .doUpdateSet((eb) => ({ ...row, version: eb('product_draft.version', '+', 1) })),
    )
    .execute()
  const changed = { draft: [(locked.value.draft?.change ?? null) as Json, change as Json] as const }
  await tellOfProducts(ctx, [{ ...draftEvent('ProductDraftSaved.v1', locked.value.product), changed }])
  return ok({ productId })
}

/** Throws the draft of a product away. */
export const discardDraft = async (
  ctx: Context,
  { productId, ifVersion }: { readonly productId: Uuid; readonly ifVersion?: number | null },
): Promise<Result<{ productId: Uuid }>> => {
  const locked = await lockDraft(ctx, productId, ifVersion)
  if (!locked.ok) return locked
  const { draft, product } = locked.value
  if (!draft) return refuse('DRAFT_EMPTY', {}, ['productId'])
  await ctx.db.deleteFrom('product_draft').where('product_id', '=', productId).execute()
  const changed = { draft: [draft.change as Json, null] as const }
  await tellOfProducts(ctx, [{ ...draftEvent('ProductDraftDiscarded.v1', product), changed }])
  return ok({ productId })
}

/** What a product would be with its draft, what that changes, and what others changed that it would undo. */
export interface DraftPreview {
  readonly productId: Uuid
  readonly content: ProductContent
  readonly difference: readonly Difference[]
  readonly conflicts: readonly string[]
  /** The number of the product's newest version. */
  readonly current: number
}

/** The previews of drafts, in two statements for any number of them. */
export const previewDrafts = async (db: Context['db'], drafts: readonly Draft[]): Promise<DraftPreview[]> => {
  const bases = drafts.map(({ productId, base }) => ({ productId, number: base }))
  const [contents, versions] = await Promise.all([
    currentContent(
      db,
      drafts.map(({ productId }) => productId),
    ),
    versionsByKeys(db, bases),
  ])
  return contents.map(({ id: productId, number: current, content }) => {
    const { change, base } = drafts.find((draft) => draft.productId === productId)!
    const from = versions.get(`${productId} ${base}`)
    const difference = differenceOf(content, change)
    return {
      productId,
      content: applied(content, change),
      difference,
      // A base that is forgotten is so old that nothing can be said: whatever the draft changes counts.
      conflicts: from ? conflictsOf(from.content, content, change) : difference.map(({ field }) => field),
      current,
    }
  })
}

/** Applies the draft to the product as `productUpdate` does; refuses when others changed the same fields since its base. */
export const publishDraft = async (
  ctx: Context,
  { productId, ifVersion }: { readonly productId: Uuid; readonly ifVersion?: number | null },
): Promise<Result<{ productId: Uuid }>> => {
  const locked = await lockDraft(ctx, productId, ifVersion)
  if (!locked.ok) return locked
  const { draft, product } = locked.value
  if (!draft) return refuse('DRAFT_EMPTY', {}, ['productId'])
  const [preview] = await previewDrafts(ctx.db, [draft])
  const { conflicts, current, difference } = preview!
  if (difference.length === 0) return refuse('DRAFT_EMPTY', {}, ['productId'])
  if (conflicts.length > 0) {
    const fields = conflicts.slice(0, 20).join(', ')
    return refuse('DRAFT_CONFLICT', { base: draft.base, current, fields }, ['productId'])
  }
  const updated = await updateProduct(ctx, { ...draft.change, id: productId })
  if (!updated.ok) return updated
  await ctx.db.deleteFrom('product_draft').where('product_id', '=', productId).execute()
  await tellOfProducts(ctx, [draftEvent('ProductDraftPublished.v1', product)])
  return updated
}
