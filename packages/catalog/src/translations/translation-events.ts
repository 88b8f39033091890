import { type Asset, assetEvent } from '@hilo/assets'
import type { Changed, Context, Json, NewEvent } from '@hilo/db'
import { encodeId, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { collectionEvent } from '../collections/collection-events.ts'
import { categoryEvent, definitionEvent, productEvent, variantEvent } from '../events.ts'
import type { Owner } from './hold-owners.ts'
import { SOURCES, type TextField, type TextKind } from './text-sources.ts'
import type { ChangedText } from './translation.ts'

const FIELD: Readonly<Record<TextField, string>> = {
  NAME: 'name',
  DESCRIPTION: 'description',
  SEO_TITLE: 'seoTitle',
  SEO_DESCRIPTION: 'seoDescription',
  ALT: 'alt',
  ATTRIBUTE: 'attributes',
  CHOICE: 'choices',
}

type Texts = readonly ChangedText[]

/** What the audit shows; parts by their codes. What belongs to a product, and is no variant, is told under its own id. */
const changesOf = (texts: Texts): Changed => {
  const changes: Record<string, readonly [Json, Json]> = {}
  for (const { kind, id, field, part, before, after } of texts) {
    const isInside = kind === 'option' || kind === 'optionValue' || kind === 'image'
    const name = isInside ? `${encodeId(kind, id)}.${FIELD[field]}` : FIELD[field]
    const [others, same] = (changes[name] ?? [{}, {}]) as [object, object]
    changes[name] = part
      ? [
          { ...others, [part]: before },
          { ...same, [part]: after },
        ]
      : [before, after]
  }
  return changes
}

interface ProductRow {
  readonly id: Uuid
  readonly status: string
  readonly channels: readonly Uuid[]
  readonly skus: Readonly<Record<Uuid, string>>
}

const productsOf = async (ctx: Context, ids: readonly Uuid[], variantIds: readonly Uuid[]) => {
  const { rows } = await sql<ProductRow>`
    select id, status,
      array(select channel_id from product_channel where product_id = product.id order by 1) as channels,
      (select coalesce(json_object_agg(variant.id, sku), '{}') from variant
        where product_id = product.id and variant.id = any(${variantIds}::uuid[])) as skus
    from product where id = any(${ids}::uuid[]) order by id`.execute(ctx.db)
  return rows
}

/** What changed of a product and within it is one event, and of each of its variants another. */
const productEvents = ({ id: productId, status, channels, skus }: ProductRow, texts: Texts): NewEvent[] => {
  const fact = { productId, channelIds: channels, isPublic: status === 'PUBLISHED' }
  const whole = texts.filter(({ kind }) => kind !== 'variant')
  const ofVariants = Map.groupBy(
    texts.filter(({ kind }) => kind === 'variant'),
    ({ id }) => id,
  )
  return [
    ...(whole.length > 0 ? [{ ...productEvent('ProductUpdated.v1', fact), changed: changesOf(whole) }] : []),
    ...[...ofVariants].map(([variantId, own]) => ({
      ...variantEvent('VariantUpdated.v1', { ...fact, variantId, sku: skus[variantId]! }),
      changed: changesOf(own),
    })),
  ]
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

const idsIn = (texts: Texts): Uuid[] => [...new Set(texts.map(({ id }) => id))]

/** The events of texts that changed, as the editors of what they belong to tell them. */
export const eventsOfTexts = async (
  ctx: Context,
  changed: Texts,
  owners: ReadonlyMap<Uuid, Owner>,
): Promise<{ readonly ofProducts: readonly NewEvent[]; readonly others: readonly NewEvent[] }> => {
  const others = Map.groupBy(
    changed.filter(({ kind }) => !SOURCES[kind].ofProduct),
    ({ id }) => id,
  )
  const byProduct = Map.groupBy(
    changed.filter(({ kind }) => SOURCES[kind].ofProduct),
    ({ id }) => owners.get(id)!.productId!,
  )
  const variantIds = idsIn(changed.filter(({ kind }) => kind === 'variant'))
  const products = byProduct.size > 0 ? await productsOf(ctx, [...byProduct.keys()], variantIds) : []
  const things = others.size > 0 ? await othersOf(ctx, [...others.keys()]) : []
  return {
    ofProducts: products.flatMap((row) => productEvents(row, byProduct.get(row.id)!)),
    others: things.map((row) => {
      const texts = others.get(row.id)!
      return { ...eventOf(texts[0]!.kind, row), changed: changesOf(texts) }
    }),
  }
}
