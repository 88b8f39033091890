import { builder, readId, readIds, type RequestContext } from '@hilo/graphql'
import { ok, type Result } from '@hilo/kernel'
import {
  type AttributeCondition,
  type AttributePredicate,
  readCondition,
} from '../attributes/attribute-filter.ts'
import { attributesByCodes } from '../attributes/attribute-queries.ts'
import type { Attribute } from '../attributes/attribute.ts'
import { CATALOG_REFUSALS } from '../errors.ts'
import { checkFilter, type ProductFilter } from '../product-filter.ts'
import type { ProductStatus } from '../product.ts'
import { viewpoint } from '../visibility.ts'
import { ProductStatusEnum } from './product.ts'

interface ProductWhereInput {
  and?: ProductWhereInput[] | null
  or?: ProductWhereInput[] | null
  not?: ProductWhereInput | null
  ids?: string[] | null
  skus?: string[] | null
  category?: string | null
  collection?: string | null
  search?: string | null
  status?: ProductStatus | null
  productType?: string | null
  attributes?: AttributeCondition[] | null
}

/** What shall be said of an attribute. */
export const AttributeWhere = builder.inputType('AttributeWhere', {
  description:
    'What a product, or one of its variants on sale, says of a filterable attribute: in for texts, colours, choices and references, is for a boolean, atLeast and atMost for a number, from and until for a date.',
  fields: (t) => ({
    code: t.string({ required: true, description: 'Of the attribute.' }),
    in: t.stringList({ description: 'One of these: texts, colours, codes of choices, ids; at most 1,000.' }),
    is: t.boolean(),
    atLeast: t.float(),
    atMost: t.float(),
    from: t.field({ type: 'Date', description: 'This day too.' }),
    until: t.field({ type: 'Date', description: 'This day too.' }),
  }),
})

/** Which products a list shall have. */
export const ProductWhere = builder.inputRef<ProductWhereInput>('ProductWhere')

// Apart: its fields name it, and are asked for at once where a schema was made before this module was loaded.
ProductWhere.implement({
  description: 'Which products: everything stated must hold. At most 100 parts, nested 8 deep.',
  fields: (t) => ({
    and: t.field({ type: [ProductWhere] }),
    or: t.field({ type: [ProductWhere] }),
    not: t.field({ type: ProductWhere }),
    ids: t.idList({ description: 'At most 1,000.' }),
    skus: t.stringList({ description: 'Products with a variant of one of these SKUs; at most 1,000.' }),
    category: t.id({ description: 'In this category or below it.' }),
    collection: t.id({ description: 'In this collection.' }),
    search: t.string({
      description: 'Words that must all be found in a name or a SKU; small mistakes are forgiven.',
    }),
    status: t.field({ type: ProductStatusEnum }),
    productType: t.string({ description: 'Of the type with this code.' }),
    attributes: t.field({
      type: [AttributeWhere],
      description: 'All must hold, each of the product or of any variant of it. Each counts as a part.',
    }),
  }),
})

type Attributes = ReadonlyMap<string, Attribute>

interface Place {
  readonly attributes: Attributes
  readonly path: readonly string[]
}

const readBranches = (
  branches: readonly ProductWhereInput[] | null | undefined,
  { attributes, path }: Place,
): Result<ProductFilter[] | undefined> => {
  if (!branches) return ok(undefined)
  const filters: ProductFilter[] = []
  for (const [index, branch] of branches.entries()) {
    const filter = readFilter(branch, { attributes, path: [...path, String(index)] })
    if (!filter.ok) return filter
    filters.push(filter.value)
  }
  return ok(filters)
}

const readAttributes = (
  conditions: readonly AttributeCondition[] | null | undefined,
  { attributes, path }: Place,
): Result<AttributePredicate[] | undefined> => {
  if (!conditions) return ok(undefined)
  const predicates: AttributePredicate[] = []
  for (const [index, condition] of conditions.entries()) {
    const at = [...path, 'attributes', String(index)]
    const predicate = readCondition(condition, { attributes, readIds, path: at })
    if (!predicate.ok) return predicate
    predicates.push(predicate.value)
  }
  return ok(predicates)
}

/** The filter of an input, with database ids; refuses an id that is none, and what an attribute does not know. */
const readFilter = (where: ProductWhereInput, { attributes, path }: Place): Result<ProductFilter> => {
  const and = readBranches(where.and, { attributes, path: [...path, 'and'] })
  if (!and.ok) return and
  const or = readBranches(where.or, { attributes, path: [...path, 'or'] })
  if (!or.ok) return or
  const not = where.not ? readFilter(where.not, { attributes, path: [...path, 'not'] }) : ok(undefined)
  if (!not.ok) return not
  const ids = where.ids ? readIds('product', where.ids, [...path, 'ids']) : ok(undefined)
  if (!ids.ok) return ids
  const category = where.category ? readId('category', where.category, [...path, 'category']) : ok(undefined)
  if (!category.ok) return category
  const collection = where.collection
    ? readId('collection', where.collection, [...path, 'collection'])
    : ok(undefined)
  if (!collection.ok) return collection
  const said = readAttributes(where.attributes, { attributes, path })
  if (!said.ok) return said
  return ok({
    and: and.value,
    or: or.value,
    not: not.value,
    ids: ids.value,
    skus: where.skus ?? undefined,
    categoryId: category.value,
    collectionId: collection.value,
    search: where.search ?? undefined,
    status: where.status ?? undefined,
    productType: where.productType ?? undefined,
    attributes: said.value,
  })
}

const MAX_CODES = 100

const codesIn = ({ and, or, not, attributes }: ProductWhereInput): string[] => [
  ...(attributes ?? []).map(({ code }) => code),
  ...[...(and ?? []), ...(or ?? []), ...(not ? [not] : [])].flatMap(codesIn),
]

/** The filter of an input; one more statement when it names attributes. Refuses one that would cost too much. */
export const readWhere = async (
  ctx: RequestContext,
  where: ProductWhereInput,
): Promise<Result<ProductFilter>> => {
  const codes = [...new Set(codesIn(where))]
  if (codes.length > MAX_CODES)
    return CATALOG_REFUSALS.refuse('FILTER_TOO_LARGE', { max: MAX_CODES }, ['where'])
  const found = codes.length > 0 ? await attributesByCodes(ctx.db, viewpoint(ctx), codes) : []
  const attributes = new Map(found.map((attribute) => [attribute.code, attribute]))
  const filter = readFilter(where, { attributes, path: ['where'] })
  return filter.ok ? checkFilter(filter.value) : filter
}
