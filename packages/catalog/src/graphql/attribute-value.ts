import { asset, publicUrl } from '@hilo/assets/graphql'
import { builder, loadAll, loadsAhead, LocalizedText } from '@hilo/graphql'
import { localize, type Localized, type Uuid } from '@hilo/kernel'
import type { AttributeKind } from '../attributes/attribute.ts'
import type { AttributeValue as Value, ValueRow } from '../attributes/value-queries.ts'
import { AttributeChoiceType } from './attribute.ts'
import { attribute, attributesOf, category, product, variant } from './nodes.ts'

const TYPES: Readonly<Record<AttributeKind, string>> = {
  TEXT: 'TextAttributeValue',
  RICH_TEXT: 'RichTextAttributeValue',
  NUMBER: 'NumberAttributeValue',
  BOOLEAN: 'BooleanAttributeValue',
  DATE: 'DateAttributeValue',
  CHOICE: 'ChoiceAttributeValue',
  MULTI_CHOICE: 'MultiChoiceAttributeValue',
  PRODUCT_REFERENCE: 'ProductReferenceAttributeValue',
  CATEGORY_REFERENCE: 'CategoryReferenceAttributeValue',
  FILE: 'FileAttributeValue',
  COLOR: 'ColorAttributeValue',
}

export const AttributeValue = builder.interfaceRef<Value>('AttributeValue').implement({
  description: 'What a product or variant says of an attribute. Each kind has a type of its own.',
  fields: (t) => ({
    code: t.string({ description: 'Of the attribute.', resolve: ({ code }) => code }),
    name: t.string({
      description: 'Of the attribute, for a label.',
      resolve: ({ name }, _args, ctx) => localize(name, ctx),
    }),
    attribute: t.field({
      type: attribute.ref,
      nullable: true,
      description: 'Its definition.',
      resolve: ({ attributeId }, _args, ctx) => attribute.byId(ctx, attributeId),
    }),
  }),
  resolveType: ({ kind }) => TYPES[kind],
})

const first = ({ rows }: Value): ValueRow => rows[0]!

const inLanguage = (row: ValueRow, ctx: Parameters<typeof localize>[1]): string =>
  row.texts ? localize(row.texts, ctx) : (row.text ?? '')

const textsOf = (value: Value): Localized | null => first(value).texts

const choicesOf = ({ rows }: Value) => rows.flatMap(({ choice }) => choice ?? [])

const valueType = (kind: AttributeKind, description: string) => ({
  ref: builder.objectRef<Value>(TYPES[kind]),
  shared: { description, interfaces: [AttributeValue] },
})

const text = valueType('TEXT', 'Plain text.')
builder.objectType(text.ref, {
  ...text.shared,
  fields: (t) => ({
    text: t.string({ resolve: (value, _args, ctx) => inLanguage(first(value), ctx) }),
    texts: t.field({
      type: LocalizedText,
      nullable: true,
      description: 'In every language; null when it is the same in all.',
      resolve: textsOf,
    }),
  }),
})

const richText = valueType('RICH_TEXT', 'HTML with structure only, safe to put into a page.')
builder.objectType(richText.ref, {
  ...richText.shared,
  fields: (t) => ({
    html: t.string({ resolve: (value, _args, ctx) => inLanguage(first(value), ctx) }),
    htmlTexts: t.field({
      type: LocalizedText,
      nullable: true,
      description: 'In every language; null when it is the same in all.',
      resolve: textsOf,
    }),
  }),
})

const number = valueType('NUMBER', 'A number with its unit.')
builder.objectType(number.ref, {
  ...number.shared,
  fields: (t) => ({
    number: t.float({ resolve: (value) => first(value).number ?? 0 }),
    unit: t.string({ nullable: true, description: 'Such as cm.', resolve: ({ unit }) => unit }),
  }),
})

const boolean = valueType('BOOLEAN', 'Yes or no.')
builder.objectType(boolean.ref, {
  ...boolean.shared,
  fields: (t) => ({ boolean: t.boolean({ resolve: (value) => first(value).boolean ?? false }) }),
})

const date = valueType('DATE', 'A day.')
builder.objectType(date.ref, {
  ...date.shared,
  fields: (t) => ({ date: t.field({ type: 'Date', resolve: (value) => first(value).date ?? '' }) }),
})

const choice = valueType('CHOICE', 'One of the choices of the attribute.')
builder.objectType(choice.ref, {
  ...choice.shared,
  fields: (t) => ({
    choice: t.field({ type: AttributeChoiceType, resolve: (value) => choicesOf(value)[0]! }),
  }),
})

const multiChoice = valueType('MULTI_CHOICE', 'Several of the choices of the attribute.')
builder.objectType(multiChoice.ref, {
  ...multiChoice.shared,
  fields: (t) => ({ choices: t.field({ type: [AttributeChoiceType], resolve: choicesOf }) }),
})

const found = <Row>(rows: readonly (Row | null)[]): Row[] => rows.filter((row) => row !== null)

const products = valueType('PRODUCT_REFERENCE', 'Other products.')
builder.objectType(products.ref, {
  ...products.shared,
  fields: (t) => ({
    products: t.field({
      type: [product.ref],
      description: 'Those that may be seen here.',
      resolve: async ({ rows }, _args, ctx) =>
        found(
          await loadAll(
            product.byId,
            ctx,
            rows.flatMap(({ productId }) => productId ?? []),
          ),
        ),
    }),
  }),
})

const categories = valueType('CATEGORY_REFERENCE', 'Categories.')
builder.objectType(categories.ref, {
  ...categories.shared,
  fields: (t) => ({
    categories: t.field({
      type: [category.ref],
      resolve: async ({ rows }, _args, ctx) =>
        found(
          await loadAll(
            category.byId,
            ctx,
            rows.flatMap(({ categoryId }) => categoryId ?? []),
          ),
        ),
    }),
  }),
})

const file = valueType('FILE', 'A file, such as a manual.')
builder.objectType(file.ref, {
  ...file.shared,
  fields: (t) => ({
    url: t.string({
      description: 'An address, or a path of the shop’s own server.',
      resolve: (value, _args, ctx) => {
        const { text: address, assetId } = first(value)
        return assetId ? publicUrl(ctx, address ?? '') : (address ?? '')
      },
    }),
    asset: t.field({
      type: asset.ref,
      nullable: true,
      description: 'Of the shop; null for a file that is elsewhere.',
      resolve: (value, _args, ctx) => {
        const { assetId } = first(value)
        return assetId ? asset.byId(ctx, assetId) : null
      },
    }),
  }),
})

const color = valueType('COLOR', 'A colour.')
builder.objectType(color.ref, {
  ...color.shared,
  fields: (t) => ({
    color: t.string({ description: '#rrggbb', resolve: (value) => first(value).text ?? '' }),
  }),
})

interface Owner {
  readonly id: Uuid
}

const chosen = (values: readonly Value[], codes: readonly string[] | null | undefined) =>
  codes ? values.filter(({ code }) => codes.includes(code)) : values

const CODES = 'Only of the attributes with these codes.'

builder.objectField(product.ref, 'attributes', (t) =>
  t.field({
    type: [AttributeValue],
    description: 'What it says for itself, in the order of its type. What its variants say, they tell.',
    args: { codes: t.arg.stringList({ description: CODES }) },
    resolve: async ({ id }, { codes }, ctx) => chosen(await attributesOf(ctx, id), codes),
  }),
)

builder.objectField(variant.ref, 'attributes', (t) =>
  t.field({
    type: [AttributeValue],
    description:
      'What it says for itself, in the order of the type. What all variants share, its product says.',
    args: { codes: t.arg.stringList({ description: CODES }) },
    resolve: async ({ id }, { codes }, ctx) => chosen(await attributesOf(ctx, id), codes),
  }),
)

const ahead = (ctx: Parameters<typeof attributesOf>[0], owners: readonly Owner[]) =>
  attributesOf.ahead(
    ctx,
    owners.map(({ id }) => id),
  )

loadsAhead('Product', 'attributes', ahead)
loadsAhead('Variant', 'attributes', ahead)
