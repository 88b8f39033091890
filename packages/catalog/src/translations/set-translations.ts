import { appendEvents, type Context, type NewEvent } from '@hilo/db'
import { COMMON, encodeId, type Localized, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { checkCount, checkText, firstRefusal } from '../text.ts'
import { tellOfProducts } from '../tell-of-products.ts'
import { LONGEST, setTexts, SOURCES, type TextField, type TextKind, textsOf } from './text-sources.ts'
import { type ChangedText, eventsOfTexts } from './translation-events.ts'

/** Most texts of one request. */
export const MAX_TRANSLATIONS = 1_000

/** A text in the language of the request. */
export interface Translation {
  readonly kind: TextKind
  readonly id: Uuid
  readonly field: TextField
  readonly text: string
}

interface Numbered extends Translation {
  /** Its place in the request. */
  readonly index: number
}

const check = (translations: readonly Translation[]): Result<unknown> =>
  firstRefusal([
    checkCount(translations, MAX_TRANSLATIONS, ['translations']),
    ...translations.flatMap(({ kind, field, text }, index) => {
      const path = ['translations', String(index)]
      return SOURCES[kind].fields.includes(field)
        ? [checkText(text, { max: LONGEST[field], path: [...path, 'text'] })]
        : [COMMON.refuse('INVALID_INPUT', { reason: `A ${kind} has no ${field}.` }, [...path, 'field'])]
    }),
  ]) ?? ok(null)

/** Writes one field of many rows of a table; tells what each said before, or which is not there. */
const write = async (
  ctx: Context,
  locale: string,
  said: readonly Numbered[],
): Promise<Result<readonly ChangedText[]>> => {
  const { kind, field } = said[0]!
  const { table, versioned } = SOURCES[kind]
  const ids = said.map(({ id }) => id)
  // In the order of ids, so that two who translate the same wait for each other instead of in a circle.
  const { rows } = await sql<{ id: Uuid; texts: Localized }>`
    select id, ${textsOf(field)} as texts from ${sql.table(table)} where id = any(${ids}::uuid[])
    order by id for no key update`.execute(ctx.db)
  const before = new Map(rows.map(({ id, texts }) => [id, texts]))
  const absent = said.find(({ id }) => !before.has(id))
  if (absent) {
    const path = ['translations', String(absent.index), 'id']
    return COMMON.refuse('NOT_FOUND', { kind, id: encodeId(kind, absent.id) }, path)
  }
  await sql`
    update ${sql.table(table)} set
      ${setTexts(field, sql`${textsOf(field)} || jsonb_build_object(${locale}::text, said.text)`)}
      ${versioned ? sql`, version = version + 1` : sql``}
    from unnest(${ids}::uuid[], ${said.map(({ text }) => text)}::text[]) as said(id, text)
    where ${sql.table(table)}.id = said.id`.execute(ctx.db)
  return ok(
    said.map(({ id, text }) => {
      const was = before.get(id)!
      return { kind, id, field, before: was, after: { ...was, [locale]: text } }
    }),
  )
}

/**
 * Gives many texts of many things one language each, all or none: what a file of translations says. The last of two for
 * the same text holds. Refuses an unknown id, and a text that is empty or too long, with its place.
 */
export const setTranslations = async (
  ctx: Context,
  { locale, translations }: { readonly locale: string; readonly translations: readonly Translation[] },
): Promise<Result<{ readonly count: number }>> => {
  const checked = check(translations)
  if (!checked.ok) return checked
  const last = new Map(translations.map((each, index) => [`${each.id} ${each.field}`, { ...each, index }]))
  const groups = Map.groupBy(last.values(), ({ kind, field }) => `${kind} ${field}`)
  const changed: ChangedText[] = []
  for (const name of [...groups.keys()].toSorted()) {
    const written = await write(ctx, locale, groups.get(name)!)
    if (!written.ok) return written
    changed.push(...written.value.filter(({ before, after }) => before[locale] !== after[locale]))
  }
  const { ofProducts, others }: { ofProducts: readonly NewEvent[]; others: readonly NewEvent[] } =
    await eventsOfTexts(ctx, changed)
  if (ofProducts.length > 0) await tellOfProducts(ctx, ofProducts)
  if (others.length > 0) await appendEvents(ctx, others)
  return ok({ count: changed.length })
}
