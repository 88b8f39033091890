import { type Context, keyset } from '@hilo/db'
import type { CursorKey, Localized, Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { namesOf } from './text-names.ts'
import { allTexts, type AnyTextKind, KINDS_ELSEWHERE, TEXT_KINDS, type TextField } from './text-sources.ts'

/** How much of the texts of a kind is there in one of the shop's languages. */
export interface Coverage {
  readonly locale: string
  readonly kind: AnyTextKind
  readonly total: number
  readonly translated: number
}

/** A text that is not there in a language. */
export interface MissingText {
  readonly kind: AnyTextKind
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

/** Who asks, and where. */
type Asking = Pick<Context, 'db' | 'actor'>

/** How far each kind is translated into each language of the shop, in one statement that reads every text. */
export const translationCoverage = async ({ db, actor }: Asking): Promise<readonly Coverage[]> => {
  const { rows } = await sql<Coverage>`
    select locale, kind, count(*)::int as total,
      (count(*) filter (where coalesce(texts->>locale, '') <> ''))::int as translated
    from (select unnest(locales) as locale from shop) as languages cross join (
      ${allTexts(actor, [...TEXT_KINDS, ...KINDS_ELSEWHERE])}
    ) as text
    group by locale, kind order by locale, kind`.execute(db)
  return rows
}

type Found = Pick<MissingText, 'kind' | 'id' | 'field' | 'part' | 'texts'> & { readonly is_rich: boolean }

const missing = ({ db, actor }: Asking, locale: string, kind: AnyTextKind) =>
  db.selectFrom(sql<Found>`(${allTexts(actor, [kind], locale)})`.as<'text'>(sql`text`))

/**
 * A page of the texts of a kind that are not there in a language, with what they belong to, in one statement. Throws
 * `InvalidCursorError` for a key of another list.
 */
export const missingTexts = async (
  asking: Asking,
  {
    locale,
    kind,
    ...page
  }: {
    readonly locale: string
    readonly kind: AnyTextKind
    readonly after: CursorKey | undefined
    readonly limit: number
  },
): Promise<MissingText[]> => {
  const found = keyset(missing(asking, locale, kind).selectAll(), {
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
    from (${found}) as page cross join lateral (${namesOf(kind)}) as named
    order by page.id, page.field, page.part`.execute(asking.db)
  return rows
}

/** How many texts of a kind are not there in a language. */
export const countMissing = async (asking: Asking, locale: string, kind: AnyTextKind): Promise<number> => {
  const row = await missing(asking, locale, kind)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}
