import {
  type InputBuilder,
  type LocalizedEntered,
  LocalizedInput,
  readId,
  readIds,
  readLocalized,
} from '@hilo/graphql'
import { ok, type Result } from '@hilo/kernel'
import type { TaxClass } from '@hilo/channels'
import type { AttributeInput } from '../attributes/read-value.ts'
import type { ProductStatus } from '../product.ts'
import type { ContentChange } from '../versions/draft.ts'
import { AttributeValueInput, readAttributes } from './attribute-input.ts'
import { ProductStatusEnum, TaxClassEnum } from './product.ts'
import { readSeo, SeoInput } from './seo.ts'

interface Entered {
  readonly slug?: string | null
  readonly name?: LocalizedEntered | null
  readonly description?: LocalizedEntered | null
  readonly seo?: Parameters<typeof readSeo>[0]
  readonly taxClass?: TaxClass | null
  readonly status?: ProductStatus | null
  readonly productTypeId?: string | null
  readonly attributes?: Parameters<typeof readAttributes>[0]
  readonly categoryIds?: readonly string[] | null
  readonly channelIds?: readonly string[] | null
}

/** The fields of a product's content, as a draft enters them. */
export const contentFields = (t: InputBuilder) => ({
  slug: t.string(),
  name: t.field({ type: LocalizedInput }),
  description: t.field({ type: LocalizedInput }),
  seo: t.field({ type: SeoInput }),
  taxClass: t.field({ type: TaxClassEnum }),
  status: t.field({ type: ProductStatusEnum }),
  productTypeId: t.id({ description: 'Null takes the type away.' }),
  attributes: t.field({ type: [AttributeValueInput], description: 'Only these change.' }),
  categoryIds: t.idList(),
  channelIds: t.idList(),
})

const filled = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each != null)) as Value

const sortedIds = (
  kind: 'category' | 'channel',
  ids: readonly string[] | null | undefined,
  field: string,
) => {
  const read = ids ? readIds(kind, ids, [field]) : ok(undefined)
  return read.ok ? ok(read.value && [...new Set(read.value)].toSorted()) : read
}

/** The change that an input asks for, in the words of the content: without what was left out. */
export const readContent = (input: Entered): Result<ContentChange> => {
  const categoryIds = sortedIds('category', input.categoryIds, 'categoryIds')
  if (!categoryIds.ok) return categoryIds
  const channelIds = sortedIds('channel', input.channelIds, 'channelIds')
  if (!channelIds.ok) return channelIds
  const type =
    input.productTypeId == null ? ok(null) : readId('productType', input.productTypeId, ['productTypeId'])
  if (!type.ok) return type
  const attributes = readAttributes(input.attributes)
  if (!attributes.ok) return attributes
  return ok({
    ...filled<ContentChange>({
      slug: input.slug ?? undefined,
      name: input.name ? readLocalized(input.name) : undefined,
      description: input.description ? readLocalized(input.description) : undefined,
      seo: readSeo(input.seo),
      taxClass: input.taxClass ?? undefined,
      status: input.status ?? undefined,
      categoryIds: categoryIds.value,
      channelIds: channelIds.value,
      attributes: attributes.value?.map((each) => filled<AttributeInput>(each)),
    }),
    ...(input.productTypeId !== undefined && { productTypeId: type.value }),
  })
}
