import { appendEvents, type Context } from '@hilo/db'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { tellOfProducts } from '../tell-of-products.ts'
import { holdOwners, type Owner } from './hold-owners.ts'
import { type AnyTextKind, isElsewhere, type KindElsewhere, SOURCES, type TextKind } from './text-sources.ts'
import { translateElsewhere } from './texts-elsewhere.ts'
import { type ChangedText, checkTranslations, type Translation } from './translation.ts'
import { eventsOfTexts } from './translation-events.ts'
import { writeTexts } from './write-texts.ts'

/** Counts versions up, once for each thing however many of its texts changed, and dates it and its product. */
const countUp = async (ctx: Context, changed: readonly Owner[]): Promise<void> => {
  for (const [kind, owners] of Map.groupBy(changed, (owner) => owner.kind)) {
    const { table, versioned, dated } = SOURCES[kind]
    if (!versioned) continue
    await sql`
      update ${sql.table(table)} set version = version + 1 ${dated ? sql`, updated_at = ${ctx.now()}` : sql``}
      where id = any(${owners.map(({ id }) => id)}::uuid[])`.execute(ctx.db)
  }
  const productIds = [...new Set(changed.flatMap(({ productId }) => productId ?? []))]
  await ctx.db
    .updateTable('product')
    .set({ updated_at: ctx.now() })
    .where('id', '=', sql<Uuid>`any(${productIds}::uuid[])`)
    .execute()
}

/** What one request says: texts of one language. */
interface Said<Kind extends AnyTextKind> {
  readonly locale: string
  readonly translations: readonly Translation<Kind>[]
}

/** The last of two for the same text. */
const lastOfEach = <Kind extends AnyTextKind>(
  translations: readonly Translation<Kind>[],
): Translation<Kind>[] => [
  ...new Map(translations.map((each) => [`${each.id} ${each.field} ${each.part}`, each])).values(),
]

/** Gives texts of the catalogue a language; tells how many are another now. */
const translateOwn = async (
  ctx: Context,
  { locale, translations }: Said<TextKind>,
): Promise<Result<number>> => {
  const held = await holdOwners(ctx, translations)
  if (!held.ok) return held
  const groups = Map.groupBy(lastOfEach(translations), ({ kind, field }) => `${kind} ${field}`)
  const changed: ChangedText[] = []
  for (const name of [...groups.keys()].toSorted()) {
    const written = await writeTexts(ctx, locale, groups.get(name)!)
    if (!written.ok) return written
    changed.push(...written.value)
  }
  const owners = new Set(changed.map(({ id }) => held.value.get(id)!))
  if (owners.size === 0) return ok(0)
  await countUp(ctx, [...owners])
  const { ofProducts, others } = await eventsOfTexts(ctx, changed, held.value)
  if (ofProducts.length > 0) await tellOfProducts(ctx, ofProducts)
  if (others.length > 0) await appendEvents(ctx, others)
  return ok(changed.length)
}

/**
 * Gives many texts of many things one language each, all or none: what a file of translations says. The last of two for
 * the same text holds. Refuses what is not there, another version than was said, and a text that is empty or too long,
 * with its place.
 */
export const setTranslations = async (
  ctx: Context,
  { locale, translations }: Said<AnyTextKind>,
): Promise<Result<{ readonly count: number }>> => {
  const checked = checkTranslations(translations)
  if (!checked.ok) return checked
  const isOther = (each: Translation<AnyTextKind>): each is Translation<KindElsewhere> =>
    isElsewhere(each.kind)
  const isOwn = (each: Translation<AnyTextKind>): each is Translation => !isElsewhere(each.kind)
  // Promotions are locked before products: see LOCKS.md. Their events are appended by then, for which only those wait who
  // wait for their rows.
  const others = lastOfEach(translations.filter(isOther))
  const elsewhere = await translateElsewhere(ctx, { locale, translations: others })
  if (!elsewhere.ok) return elsewhere
  const own = await translateOwn(ctx, { locale, translations: translations.filter(isOwn) })
  return own.ok ? ok({ count: elsewhere.value + own.value }) : own
}
