import { type DB, type Executor, keyset } from '@hilo/db'
import type { CursorKey, Localized, Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { NAMES } from './text-names.ts'
import { allTexts, TEXT_KINDS, type TextField, type TextKind } from './text-sources.ts'

/** How much of the texts of a kind is there in one of the shop's languages. */
export interface Coverage {
  readonly locale: string
  readonly kind: TextKind
  readonly total: number
  readonly translated: number
}

/** A text that is not there in a language. */
export interface MissingText {
  readonly kind: TextKind
  readonly id: Uuid
  readonly field: TextField
  /** The code of the attribute or of the choice; empty of other texts. */
  readonly part: string
  readonly isRich: boolean
  readonly texts: Localized
  /** What the thing is called, from its product down; a code or a file name as it is. */
  readonly names: readonly (Localized | string)[]
  /** Of the attribute that is said. */
  readonly partName: Localized | null
  readonly productId: Uuid | null
  /** Of the thing, where it has one. */
  readonly version: number | null
}

type Tables = Executor<keyof Pick<DB, 'product' | 'shop'>>

/** How far each kind is translated into each language of the shop, in one statement that reads every text. */
export const translationCoverage = async (db: Tables): Promise<readonly Coverage[]> => {
  const { rows } = await sql<Coverage>`
    select locale, kind, count(*)::int as total,
      (count(*) filter (where coalesce(texts->>locale, '') <> ''))::int as translated
    from (select unnest(locales) as locale from shop) as languages cross join (${allTexts(TEXT_KINDS)}) as text
    group by locale, kind order by locale, kind`.execute(db)
  return rows
}

type Found = Pick<MissingText, 'kind' | 'id' | 'field' | 'part' | 'texts'> & { readonly is_rich: boolean }

const missing = (db: Tables, locale: string, kind: TextKind) =>
  db.selectFrom(sql<Found>`(${allTexts([kind], locale)})`.as<'text'>(sql`text`))

/**
 * A page of the texts of a kind that are not there in a language, with what they belong to, in one statement. Throws
 * `InvalidCursorError` for a key of another list.
 */
export const missingTexts = async (
  db: Tables,
  {
    locale,
    kind,
    ...page
  }: {
    readonly locale: string
    readonly kind: TextKind
    readonly after: CursorKey | undefined
    readonly limit: number
  },
): Promise<MissingText[]> => {
  const found = keyset(missing(db, locale, kind).selectAll(), {
    ...page,
    columns: [
      ['text.id', 'asc', 'uuid'],
      ['text.field', 'asc', 'text'],
      ['text.part', 'asc', 'text'],
    ],
  })
  const { rows } = await sql<MissingText>`
    select page.kind, page.id, page.field, page.part, page.is_rich as "isRich", page.texts, named.names,
      named.product_id as "productId", named.version,
      case page.field when 'ATTRIBUTE' then (select name from attribute where code = page.part) end as "partName"
    from (${found}) as page cross join lateral (${NAMES[kind]}) as named
    order by page.id, page.field, page.part`.execute(db)
  return rows
}

/** How many texts of a kind are not there in a language. */
export const countMissing = async (db: Tables, locale: string, kind: TextKind): Promise<number> => {
  const row = await missing(db, locale, kind)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}
