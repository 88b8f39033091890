import type { IdKind } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'
import { MAX_DESCRIPTION, MAX_NAME } from '../text.ts'

/** What has texts that are translated one by one. */
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

/** What has texts that are translated one by one. */
export type TextKind = (typeof TEXT_KINDS)[number]

/** What has a page of its own says as much. */
const OF_PAGES = ['NAME', 'DESCRIPTION', 'SEO_TITLE', 'SEO_DESCRIPTION'] as const

/** Which text of it; ALT is what is to be seen in a picture. */
export const TEXT_FIELDS = [...OF_PAGES, 'ALT'] as const

/** Which text of something. */
export type TextField = (typeof TEXT_FIELDS)[number]

/** Most characters of each text in one language. */
export const LONGEST: Readonly<Record<TextField, number>> = {
  NAME: MAX_NAME,
  DESCRIPTION: MAX_DESCRIPTION,
  SEO_TITLE: 200,
  SEO_DESCRIPTION: 1_000,
  ALT: MAX_NAME,
}

interface Source {
  readonly table: string
  readonly fields: readonly TextField[]
  /** True when a change counts the row's version up. */
  readonly versioned: boolean
}

/** Where the texts of each kind are. */
export const SOURCES: Readonly<Record<TextKind, Source>> = {
  product: { table: 'product', fields: OF_PAGES, versioned: true },
  variant: { table: 'variant', fields: ['NAME'], versioned: true },
  category: { table: 'category', fields: ['NAME', 'SEO_TITLE', 'SEO_DESCRIPTION'], versioned: true },
  collection: { table: 'collection', fields: OF_PAGES, versioned: true },
  option: { table: 'option', fields: ['NAME'], versioned: false },
  optionValue: { table: 'option_value', fields: ['NAME'], versioned: false },
  attribute: { table: 'attribute', fields: ['NAME'], versioned: true },
  productType: { table: 'product_type', fields: ['NAME'], versioned: true },
  image: { table: 'image', fields: ['ALT'], versioned: false },
  asset: { table: 'asset', fields: ['ALT'], versioned: true },
}

const COLUMNS = { NAME: 'name', DESCRIPTION: 'description', ALT: 'alt' } as const

/** SQL: the text of a field, in all its languages. */
export const textsOf = (field: TextField): RawBuilder<unknown> => {
  if (field === 'SEO_TITLE') return sql`coalesce(seo->'title', '{}')`
  if (field === 'SEO_DESCRIPTION') return sql`coalesce(seo->'description', '{}')`
  return sql.ref(COLUMNS[field])
}

/** SQL: the assignment that gives a field these texts. */
export const setTexts = (field: TextField, texts: RawBuilder<unknown>): RawBuilder<unknown> => {
  if (field === 'SEO_TITLE') return sql`seo = seo || jsonb_build_object('title', ${texts})`
  if (field === 'SEO_DESCRIPTION') return sql`seo = seo || jsonb_build_object('description', ${texts})`
  return sql`${sql.ref(COLUMNS[field])} = ${texts}`
}

/** SQL: `select kind, id, field, texts` of every text of these kinds that is there in any language. */
export const allTexts = (kinds: readonly TextKind[]): RawBuilder<unknown> =>
  sql.join(
    kinds.flatMap((kind) =>
      SOURCES[kind].fields.map(
        (field) => sql`
          select ${sql.lit(kind)} as kind, id, ${sql.lit(field)} as field, ${textsOf(field)} as texts
          from ${sql.table(SOURCES[kind].table)} where any_text(${textsOf(field)}) is not null`,
      ),
    ),
    sql` union all `,
  )
