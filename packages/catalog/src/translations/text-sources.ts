import { MAX_ALT } from '@hilo/assets'
import type { Actor, IdKind } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'
import { MAX_RICH_TEXT } from '../attributes/attribute.ts'
import { MAX_DESCRIPTION, MAX_NAME } from '../text.ts'
import { textsElsewhere } from './texts-elsewhere.ts'

/** What of the catalogue has texts that are translated one by one. */
export const TEXT_KINDS = [
  'product',
  'variant',
  'category',
  'collection',
  'option',
  'optionValue',
  'attribute',
  'productType',
  'image',
  'asset',
] as const satisfies readonly IdKind[]

/** What of the catalogue has texts that are translated one by one. */
export type TextKind = (typeof TEXT_KINDS)[number]

/** What of slices to the right has a name that shoppers read; its slice registers it with `registerTexts`. */
export const KINDS_ELSEWHERE = ['promotion'] as const satisfies readonly IdKind[]

/** What of slices to the right has a name that shoppers read. */
export type KindElsewhere = (typeof KINDS_ELSEWHERE)[number]

/** Whatever has texts that are translated one by one. */
export type AnyTextKind = TextKind | KindElsewhere

/** True for what another slice keeps. */
export const isElsewhere = (kind: AnyTextKind): kind is KindElsewhere =>
  (KINDS_ELSEWHERE as readonly AnyTextKind[]).includes(kind)

/** What has a page of its own says as much. */
const OF_PAGES = ['NAME', 'DESCRIPTION', 'SEO_TITLE', 'SEO_DESCRIPTION'] as const

/** Which text of it. Of the last two a thing has several, each with the code of its part. */
export const TEXT_FIELDS = [...OF_PAGES, 'ALT', 'ATTRIBUTE', 'CHOICE'] as const

/** Which text of something. */
export type TextField = (typeof TEXT_FIELDS)[number]

/** A text that stands in a row of its own, by the code of the attribute or of the choice. */
export type PartField = Extract<TextField, 'ATTRIBUTE' | 'CHOICE'>

/** A text in a column of what it belongs to. */
export type OwnField = Exclude<TextField, PartField>

/** True for a text that is told apart by the code of its part. */
export const isOfPart = (field: TextField): field is PartField => field === 'ATTRIBUTE' || field === 'CHOICE'

const LONGEST: Readonly<Record<TextField, number>> = {
  NAME: MAX_NAME,
  DESCRIPTION: MAX_DESCRIPTION,
  SEO_TITLE: 200,
  SEO_DESCRIPTION: 1_000,
  ALT: MAX_NAME,
  ATTRIBUTE: MAX_RICH_TEXT,
  CHOICE: MAX_NAME,
}

/** Most characters of a text in one language; an attribute says itself whether less fit. */
export const longest = (kind: AnyTextKind, field: TextField): number =>
  kind === 'asset' && field === 'ALT' ? MAX_ALT : LONGEST[field]

interface Source {
  readonly table: string
  readonly fields: readonly TextField[]
  /** True when a change counts the row's version up. */
  readonly versioned: boolean
  /** True when the row says when it changed. */
  readonly dated: boolean
  /** True of a product and what belongs to one: their products tell what changed. */
  readonly ofProduct: boolean
}

const source = (table: string, fields: readonly TextField[], more: Partial<Source> = {}): Source => ({
  table,
  fields,
  versioned: true,
  dated: true,
  ofProduct: false,
  ...more,
})

const part = { versioned: false, dated: false, ofProduct: true }

/** Where the texts of each kind are. */
export const SOURCES: Readonly<Record<TextKind, Source>> = {
  product: source('product', [...OF_PAGES, 'ATTRIBUTE'], { ofProduct: true }),
  variant: source('variant', ['NAME', 'ATTRIBUTE'], { dated: false, ofProduct: true }),
  category: source('category', ['NAME', 'SEO_TITLE', 'SEO_DESCRIPTION'], { dated: false }),
  collection: source('collection', OF_PAGES),
  option: source('option', ['NAME'], part),
  optionValue: source('option_value', ['NAME'], part),
  attribute: source('attribute', ['NAME', 'CHOICE']),
  productType: source('product_type', ['NAME']),
  image: source('image', ['ALT'], part),
  asset: source('asset', ['ALT']),
}

/** Which texts something of a kind has. */
export const fieldsOf = (kind: AnyTextKind): readonly TextField[] =>
  isElsewhere(kind) ? ['NAME'] : SOURCES[kind].fields

const COLUMNS = { NAME: 'name', DESCRIPTION: 'description', ALT: 'alt' } as const

/** SQL: the text of a field, in all its languages. */
export const textsOf = (field: OwnField): RawBuilder<unknown> => {
  if (field === 'SEO_TITLE') return sql`coalesce(seo->'title', '{}')`
  if (field === 'SEO_DESCRIPTION') return sql`coalesce(seo->'description', '{}')`
  return sql.ref(COLUMNS[field])
}

/** SQL: the assignment that gives a field these texts. */
export const setTexts = (field: OwnField, texts: RawBuilder<unknown>): RawBuilder<unknown> => {
  if (field === 'SEO_TITLE') return sql`seo = seo || jsonb_build_object('title', ${texts})`
  if (field === 'SEO_DESCRIPTION') return sql`seo = seo || jsonb_build_object('description', ${texts})`
  return sql`${sql.ref(COLUMNS[field])} = ${texts}`
}

/** SQL: `select id, part, is_rich, texts` of a field of a kind; archived variants are shown nowhere. */
const rowsOf = (actor: Actor, kind: AnyTextKind, field: TextField): RawBuilder<unknown> => {
  if (isElsewhere(kind))
    return sql`select id, '' as part, false as is_rich, texts from (${textsElsewhere(kind).texts(actor)}) as named`
  const onSale = sql`variant.archived_at is null`
  if (field === 'CHOICE')
    return sql`select attribute_id as id, code as part, false as is_rich, name as texts from attribute_choice`
  if (field === 'ATTRIBUTE')
    return sql`
      select owner_id as id, attribute.code as part, attribute.kind = 'RICH_TEXT' as is_rich, texts
      from attribute join attribute_value on attribute_value.attribute_id = attribute.id
      ${kind === 'variant' ? sql`join variant on variant.id = variant_id and ${onSale}` : sql``}
      where attribute.localized ${kind === 'variant' ? sql`` : sql`and variant_id is null`}`
  return sql`
    select id, '' as part, false as is_rich, ${textsOf(field)} as texts from ${sql.table(SOURCES[kind].table)}
    where ${kind === 'variant' ? onSale : sql`true`}`
}

/**
 * SQL: `select kind, id, field, part, is_rich, texts` of every text of these kinds that is there in any language, and of
 * other slices' those that the actor may read; with `lackedIn`, and is not there in this one.
 */
export const allTexts = (
  actor: Actor,
  kinds: readonly AnyTextKind[],
  lackedIn?: string,
): RawBuilder<unknown> => {
  const lacked = lackedIn === undefined ? sql`true` : sql`coalesce(texts->>${lackedIn}, '') = ''`
  return sql.join(
    kinds.flatMap((kind) =>
      fieldsOf(kind).map(
        (field) => sql`
          select ${sql.lit(kind)} as kind, id, ${sql.lit(field)} as field, part, is_rich, texts
          from (${rowsOf(actor, kind, field)}) as said where ${lacked} and texts @? '$.* ? (@ != "")'`,
      ),
    ),
    sql` union all `,
  )
}
