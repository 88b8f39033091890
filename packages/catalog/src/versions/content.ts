import { isDeepStrictEqual } from 'node:util'
import type { Json } from '@hilo/db'
import type { Localized, Uuid } from '@hilo/kernel'
import type { TaxClass } from '@hilo/channels'
import type { AttributeInput } from '../attributes/read-value.ts'
import type { ProductStatus } from '../product.ts'
import type { Seo } from '../seo/seo.ts'

/** Everything about a product that versions keep and drafts can change. Its variants and pictures have lives of their own. */
export interface ProductContent {
  readonly slug: string
  readonly name: Localized
  readonly description: Localized
  readonly taxClass: TaxClass
  readonly status: ProductStatus
  readonly productTypeId: Uuid | null
  readonly seo: Seo
  /** By id. */
  readonly categoryIds: readonly Uuid[]
  /** By id. */
  readonly channelIds: readonly Uuid[]
  /** The product's own values as they are entered, by code. */
  readonly attributes: readonly AttributeInput[]
}

/** Fields of the content that are another value, such as `name.es` or `attributes.roast`. */
export interface Difference {
  readonly field: string
  readonly before: Json
  readonly after: Json
}

const isTexts = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const differences = (field: string, before: unknown, after: unknown): Difference[] => {
  if (isDeepStrictEqual(before ?? null, after ?? null)) return []
  if (!isTexts(before) || !isTexts(after)) {
    return [{ field, before: (before ?? null) as Json, after: (after ?? null) as Json }]
  }
  const members = Object.keys({ ...before, ...after }).toSorted()
  return members.flatMap((member) => differences(`${field}.${member}`, before[member], after[member]))
}

const byCode = (values: readonly AttributeInput[]) =>
  Object.fromEntries(values.map(({ code, ...value }) => [code, value]))

/** A content with its attributes by code, so that each is a field. */
const fieldsOf = ({ attributes, ...content }: Partial<ProductContent>) => ({
  ...content,
  ...(attributes && { attributes: byCode(attributes) }),
})

/** What is another value in `after`, field by field; what `after` leaves out has not changed. */
export const differenceOf = (
  before: ProductContent,
  after: Partial<ProductContent>,
): readonly Difference[] => {
  const was: Readonly<Record<string, unknown>> = fieldsOf(before)
  return Object.entries(fieldsOf(after))
    .flatMap(([field, value]) => (value === undefined ? [] : differences(field, was[field], value)))
    .toSorted((a, b) => (a.field < b.field ? -1 : 1))
}

/** The content with a change applied: what the change leaves out stays; attributes one by one, empty ones go. */
export const applied = (content: ProductContent, change: Partial<ProductContent>): ProductContent => {
  const { attributes = [], ...rest } = change
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  const codes = new Set(attributes.map(({ code }) => code))
  const filled = attributes.filter((each) =>
    Object.entries(each).some(([field, value]) => field !== 'code' && value != null),
  )
  return {
    ...content,
    ...said,
    attributes: [...content.attributes.filter(({ code }) => !codes.has(code)), ...filled].toSorted((a, b) =>
      a.code < b.code ? -1 : 1,
    ),
  }
}

/** The change that leads from one content to another: attributes that the other does not have are emptied. */
export const leadingTo = (from: ProductContent, to: ProductContent): ProductContent => {
  const kept = new Set(to.attributes.map(({ code }) => code))
  const gone = from.attributes.filter(({ code }) => !kept.has(code)).map(({ code }) => ({ code }))
  return { ...to, attributes: [...to.attributes, ...gone] }
}

/** The fields that both a draft and others changed since the draft's base: publishing it would undo their work. */
export const conflictsOf = (
  base: ProductContent,
  current: ProductContent,
  change: Partial<ProductContent>,
): readonly string[] => {
  const mine = differenceOf(base, change)
  return differenceOf(base, current)
    .map(({ field }) => field)
    .filter((field) =>
      mine.some(
        (one) =>
          one.field === field || one.field.startsWith(`${field}.`) || field.startsWith(`${one.field}.`),
      ),
    )
}
