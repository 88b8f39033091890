import { type Asset, assetEvent } from '@hilo/assets'
import type { Context, NewEvent } from '@hilo/db'
import { encodeId, type Localized, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { collectionEvent } from '../collections/collection-events.ts'
import { categoryEvent, definitionEvent, productEvent } from '../events.ts'
import type { TextField, TextKind } from './text-sources.ts'

/** A text that was another before. */
export interface ChangedText {
  readonly kind: TextKind
  readonly id: Uuid
  readonly field: TextField
  readonly before: Localized
  readonly after: Localized
}

const FIELD: Readonly<Record<TextField, string>> = {
  NAME: 'name',
  DESCRIPTION: 'description',
  SEO_TITLE: 'seoTitle',
  SEO_DESCRIPTION: 'seoDescription',
  ALT: 'alt',
}

const changesOf = (texts: readonly ChangedText[]) =>
  Object.fromEntries(texts.map(({ field, before, after }) => [FIELD[field], [before, after] as const]))

/** What belongs to a product tells of it under its own id. */
const changesOfProduct = (texts: readonly ChangedText[]) =>
  Object.fromEntries(
    texts.map(({ kind, id, field, before, after }) => {
      const name = kind === 'product' ? FIELD[field] : `${encodeId(kind, id)}.${FIELD[field]}`
      return [name, [before, after] as const]
    }),
  )

interface OwnerRow {
  readonly id: Uuid
  readonly product_id: Uuid
  readonly status: string
  readonly channels: readonly Uuid[]
}

const ownersOf = async (ctx: Context, ids: readonly Uuid[]): Promise<readonly OwnerRow[]> => {
  const { rows } = await sql<OwnerRow>`
    with owner as (
      select id, id as product_id from product where id = any(${ids}::uuid[])
      union all select id, product_id from variant where id = any(${ids}::uuid[])
      union all select id, product_id from option where id = any(${ids}::uuid[])
      union all select option_value.id, product_id from option_value join option on option.id = option_id
        where option_value.id = any(${ids}::uuid[])
      union all select id, product_id from image where id = any(${ids}::uuid[])
    )
    select owner.id, owner.product_id, product.status, array(
      select channel_id from product_channel where product_channel.product_id = owner.product_id order by 1
    ) as channels
    from owner join product on product.id = owner.product_id`.execute(ctx.db)
  return rows
}

interface OtherRow {
  readonly id: Uuid
  readonly key: string
  readonly parent: Uuid | null
  readonly channels: readonly Uuid[]
  /** Of an asset. */
  readonly asset: Pick<Asset, 'kind' | 'visibility'> | null
}

const othersOf = async (ctx: Context, ids: readonly Uuid[]): Promise<readonly OtherRow[]> => {
  const { rows } = await sql<OtherRow>`
    select id, slug as key, parent_id as parent, '{}'::uuid[] as channels, null::jsonb as asset from category where id = any(${ids}::uuid[])
    union all select id, slug, null, array(
      select channel_id from collection_channel where collection_id = collection.id
    ), null from collection where id = any(${ids}::uuid[])
    union all select id, code, null, '{}', null from attribute where id = any(${ids}::uuid[])
    union all select id, code, null, '{}', null from product_type where id = any(${ids}::uuid[])
    union all select id, file_name, null, '{}', jsonb_build_object('kind', kind, 'visibility', visibility)
      from asset where id = any(${ids}::uuid[])`.execute(ctx.db)
  return rows
}

const eventOf = (kind: TextKind, { id, key, parent, channels, asset }: OtherRow): NewEvent => {
  if (asset) return assetEvent('AssetUpdated.v1', { id, fileName: key, ...asset })
  if (kind === 'category') return categoryEvent('CategoryUpdated.v1', { id, slug: key, parentId: parent })
  if (kind === 'collection')
    return collectionEvent('CollectionUpdated.v1', { collectionId: id, slug: key, channelIds: channels })
  return kind === 'attribute'
    ? definitionEvent('AttributeUpdated.v1', { attributeId: id, code: key })
    : definitionEvent('ProductTypeUpdated.v1', { productTypeId: id, code: key })
}

const OF_PRODUCTS: ReadonlySet<TextKind> = new Set(['product', 'variant', 'option', 'optionValue', 'image'])

/** The events of texts that changed: one for each product with all that belongs to it, one for each other thing. */
export const eventsOfTexts = async (
  ctx: Context,
  changed: readonly ChangedText[],
): Promise<{ readonly ofProducts: readonly NewEvent[]; readonly others: readonly NewEvent[] }> => {
  const [own, other] = [true, false].map((wanted) =>
    changed.filter(({ kind }) => OF_PRODUCTS.has(kind) === wanted),
  )
  const owners =
    own!.length > 0
      ? await ownersOf(
          ctx,
          own!.map(({ id }) => id),
        )
      : []
  const things =
    other!.length > 0
      ? await othersOf(
          ctx,
          other!.map(({ id }) => id),
        )
      : []
  const ofProducts = [...Map.groupBy(owners, ({ product_id }) => product_id)].map(([productId, rows]) => {
    const { status, channels } = rows[0]!
    const ids = new Set(rows.map(({ id }) => id))
    const event = productEvent('ProductUpdated.v1', {
      productId,
      channelIds: channels,
      isPublic: status === 'PUBLISHED',
    })
    return { ...event, changed: changesOfProduct(own!.filter(({ id }) => ids.has(id))) }
  })
  const others = things.map((row) => {
    const texts = other!.filter(({ id }) => id === row.id)
    return { ...eventOf(texts[0]!.kind, row), changed: changesOf(texts) }
  })
  return { ofProducts, others }
}
