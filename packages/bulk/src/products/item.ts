import { PRODUCT_STATUSES, type Seo } from '@hilo/catalog/bulk'
import { TAX_CLASSES } from '@hilo/channels'
import { canonicalLocale, EXPECTED, type Localized } from '@hilo/kernel'
import { z } from 'zod'
import { plainText } from '../check-shape.ts'
import { MAX_KEY } from '../external-keys.ts'
import { goodsItem } from './goods-cells.ts'
import { schedulesItem } from './schedule-cells.ts'

const MAX_LIST = 2_000

const texts = z.record(
  plainText(35).refine((tag) => canonicalLocale(tag) === tag, {
    params: { expected: EXPECTED.language },
  }),
  z.string().max(100_000).nullable(),
)

const name = plainText(200)

/** A value of an attribute as a file has it: of its kind, or as text. */
const value = z.union([
  z.string().max(100_000),
  z.number(),
  z.boolean(),
  z.array(plainText(200)).max(200),
  texts,
  z.null(),
])

const attributes = z.record(plainText(200), value)

const decimal = z
  .union([z.string().max(30), z.number().transform(String)])
  .refine((text) => /^-?\d+([.,]\d+)?$/.test(text.trim()), { params: { expected: EXPECTED.amount } })
  .transform((text) => text.trim().replace(',', '.'))

const variant = z.strictObject({
  key: plainText(MAX_KEY).min(1).nullish(),
  sku: plainText(64).min(1),
  name: texts.nullish(),
  options: z.record(plainText(200), plainText(200)).nullish(),
  attributes: attributes.nullish(),
  barcodes: z.array(plainText(230)).max(20).nullish(),
  archived: z.boolean().nullish(),
  goods: goodsItem.nullish(),
  price: decimal.nullish(),
  compareAtPrice: decimal.nullish(),
  onHand: z.int().nullish(),
})

const option = z.strictObject({
  code: plainText(200),
  name: texts,
  values: z.array(z.strictObject({ code: plainText(200), name: texts })).max(500),
})

const seo = z.strictObject({
  title: texts.nullish(),
  description: texts.nullish(),
  noIndex: z.boolean().nullish(),
  canonicalUrl: z.string().max(2_000).nullish(),
  imageUrl: z.string().max(2_000).nullish(),
})

/** The pictures of a product: addresses alone, or with what they show. */
const image = z.union([
  z.string().transform((url) => ({ url, alt: {} as Record<string, string | null> })),
  z.strictObject({ url: z.string(), alt: texts.default({}) }),
])

/** A product as a file holds it, with everything named by codes, slugs and SKUs. What is left out stays as it is. */
export const productItem = z.strictObject({
  key: plainText(MAX_KEY).min(1).nullish(),
  slug: name.nullish(),
  name: texts.nullish(),
  description: texts.nullish(),
  seo: seo.nullish(),
  type: name.nullish(),
  taxClass: z.enum(TAX_CLASSES).nullish(),
  status: z.enum(PRODUCT_STATUSES).nullish(),
  attributes: attributes.nullish(),
  categories: z.array(name).max(MAX_LIST).nullish(),
  collections: z.array(name).max(MAX_LIST).nullish(),
  channels: z.array(name).max(MAX_LIST).nullish(),
  schedules: schedulesItem.nullish(),
  images: z.array(image).max(100).nullish(),
  options: z.array(option).max(20).nullish(),
  variants: z.array(variant).max(2_000).nullish(),
})

export type ProductItem = z.output<typeof productItem>
export type VariantItem = z.output<typeof variant>
export type AttributeCell = z.output<typeof value>

type Whole<T> =
  T extends z.output<typeof texts>
    ? Localized
    : T extends readonly (infer Each)[]
      ? Whole<Each>[]
      : T extends object
        ? { [Field in keyof T]: Whole<T[Field]> }
        : T

/** A product with every text in all the languages that it shall have: see `keepTexts`. */
export type WholeProduct = Whole<Omit<ProductItem, 'seo' | 'schedules'>> &
  Pick<ProductItem, 'schedules'> & { readonly seo?: Seo | undefined }
export type WholeVariant = Whole<VariantItem>
export type WholeCell = Whole<AttributeCell>
