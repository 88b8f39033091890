import { builder, type LocalizedEntered, LocalizedInput, readIds, readLocalized } from '@hilo/graphql'
import { ok, type Result } from '@hilo/kernel'
import type { AttributeInput } from '../attributes/read-value.ts'

interface Entered extends Omit<AttributeInput, 'texts' | 'productIds' | 'categoryIds'> {
  readonly texts?: LocalizedEntered | null
  readonly productIds?: readonly string[] | null
  readonly categoryIds?: readonly string[] | null
}

export const AttributeValueInput = builder.inputType('AttributeValueInput', {
  description:
    'A value of an attribute, in the one field that its kind takes; with none of them the value is taken away.',
  fields: (t) => ({
    code: t.string({ required: true, description: 'Of the attribute.' }),
    text: t.string({
      description:
        'TEXT, at most 5,000 characters; RICH_TEXT as HTML, at most 100,000: all but structure is taken out.',
    }),
    texts: t.field({ type: LocalizedInput, description: 'TEXT and RICH_TEXT that are localised.' }),
    number: t.float({ description: 'NUMBER, in the unit of the attribute.' }),
    boolean: t.boolean({ description: 'BOOLEAN' }),
    date: t.field({ type: 'Date', description: 'DATE' }),
    choice: t.string({ description: 'CHOICE, by its code.' }),
    choices: t.stringList({ description: 'MULTI_CHOICE, by their codes; at most 100.' }),
    productIds: t.idList({ description: 'PRODUCT_REFERENCE; at most 100.' }),
    categoryIds: t.idList({ description: 'CATEGORY_REFERENCE; at most 100.' }),
    url: t.string({
      description:
        'FILE: https://…, or a path of the shop’s own server; with the `path` of an asset, it is held.',
    }),
    color: t.string({ description: 'COLOR: #rrggbb.' }),
  }),
})

const readOne = (entered: Entered, path: readonly string[]): Result<AttributeInput> => {
  const { texts, productIds, categoryIds, ...plain } = entered
  const products = productIds ? readIds('product', productIds, [...path, 'productIds']) : ok(undefined)
  if (!products.ok) return products
  const categories = categoryIds ? readIds('category', categoryIds, [...path, 'categoryIds']) : ok(undefined)
  if (!categories.ok) return categories
  return ok({
    ...plain,
    texts: texts && readLocalized(texts),
    productIds: products.value,
    categoryIds: categories.value,
  })
}

/** Values with database ids; refuses an id that is none. */
export const readAttributes = (
  entered: readonly Entered[] | null | undefined,
  path: readonly string[] = ['attributes'],
): Result<AttributeInput[] | undefined> => {
  if (!entered) return ok(undefined)
  const inputs: AttributeInput[] = []
  for (const [index, each] of entered.entries()) {
    const input = readOne(each, [...path, String(index)])
    if (!input.ok) return input
    inputs.push(input.value)
  }
  return ok(inputs)
}
