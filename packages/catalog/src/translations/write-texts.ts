import type { Context } from '@hilo/db'
import { COMMON, type Localized, ok, type Result, storable, type Uuid } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'
import type { Attribute } from '../attributes/attribute.ts'
import { attributesByCodes, attributesByIds } from '../attributes/attribute-queries.ts'
import { ATTRIBUTE_REFUSALS } from '../attributes/errors.ts'
import { readValue } from '../attributes/read-value.ts'
import { type OwnField, setTexts, SOURCES, textsOf } from './text-sources.ts'
import { type ChangedText, type Translation, withLanguage } from './translation.ts'

type Said = readonly Translation[]
type Changes = Result<readonly ChangedText[]>

/** A text as it will be kept, with the row that it is written to. */
interface Read {
  readonly said: Translation
  readonly rowId: Uuid
  readonly before: Localized
}

const save = async (
  locale: string,
  read: readonly Read[],
  write: (changes: readonly Read[]) => Promise<unknown>,
): Promise<Changes> => {
  const changes: Read[] = []
  const told: ChangedText[] = []
  for (const each of read) {
    const { said, before } = each
    const after = withLanguage(before, locale, said)
    if (!after.ok) return after
    if (before[locale] === said.text) continue
    const { kind, id, field, part } = said
    changes.push(each)
    told.push({ kind, id, field, part, before, after: after.value })
  }
  if (changes.length > 0) await write(changes)
  return ok(told)
}

const idsIn = (said: Said): Uuid[] => [...new Set(said.map(({ id }) => id))]

/** SQL: `said (id, text)`, a row for each change. */
const saidRows = (changes: readonly Read[]) => sql`
  unnest(${changes.map(({ rowId }) => rowId)}::uuid[], ${changes.map(({ said }) => said.text)}::text[]) as said (id, text)`

const merged = (texts: RawBuilder<unknown>, locale: string) =>
  sql`${texts} || jsonb_build_object(${locale}::text, said.text)`

const writeColumn = async (ctx: Context, locale: string, said: Said): Promise<Changes> => {
  const { kind, field: given } = said[0]!
  const field = given as OwnField
  const table = sql.table(SOURCES[kind].table)
  const { rows } = await sql<{ id: Uuid; texts: Localized }>`
    select id, ${textsOf(field)} as texts from ${table} where id = any(${idsIn(said)}::uuid[])`.execute(
    ctx.db,
  )
  const texts = new Map(rows.map((row) => [row.id, row.texts]))
  const read = said.map((each) => ({ said: each, rowId: each.id, before: texts.get(each.id)! }))
  return save(locale, read, (changes) =>
    sql`
      update ${table} set ${setTexts(field, merged(textsOf(field), locale))}
      from ${saidRows(changes)} where ${table}.id = said.id`.execute(ctx.db),
  )
}

const pathOf = ({ index }: Translation, field: string) => ['translations', String(index), field]

/** The text as its attribute takes it: rich text made sound. Refuses what the owner does not say in any language. */
const readSaid = (
  said: Translation,
  attribute: Attribute | undefined,
  before: Localized | null | undefined,
): Result<Read> => {
  if (!attribute || before === undefined) {
    const facts = { attribute: said.part.slice(0, 60).toWellFormed() }
    return ATTRIBUTE_REFUSALS.refuse('ATTRIBUTE_UNKNOWN', facts, pathOf(said, 'part'))
  }
  if (before === null) {
    const { part } = said
    const reason = {
      en: `${part} is the same in every language.`,
      es: `${part} es igual en todos los idiomas.`,
    }
    return COMMON.refuse('INVALID_INPUT', { reason }, pathOf(said, 'part'))
  }
  // One language of it is read as a text that has no others.
  const one = { ...attribute, localized: false }
  const rows = readValue(one, { code: said.part, text: said.text }, ['translations', String(said.index)])
  return rows.ok ? ok({ said: { ...said, text: rows.value[0]!.text_value! }, rowId: said.id, before }) : rows
}

/** What products and variants say of themselves. Attributes are held as by whoever writes values: their limits stay. */
const writeValues = async (ctx: Context, locale: string, said: Said): Promise<Changes> => {
  const codes = [...new Set(said.map(({ part }) => storable(part)))]
  await sql`select from attribute where code = any(${codes}::text[]) order by id for key share`.execute(
    ctx.db,
  )
  const attributes = await attributesByCodes(ctx.db, { seesAll: true }, codes)
  const byCode = new Map(attributes.map((attribute) => [attribute.code, attribute]))
  const rows = await ctx.db
    .selectFrom('attribute_value')
    .select(['owner_id', 'attribute_id', 'texts'])
    .where('owner_id', '=', sql<Uuid>`any(${idsIn(said)}::uuid[])`)
    .where('attribute_id', '=', sql<Uuid>`any(${attributes.map(({ id }) => id)}::uuid[])`)
    .execute()
  const values = new Map(
    rows.map((row) => [`${row.owner_id} ${row.attribute_id}`, row.texts as Localized | null]),
  )
  const read: Read[] = []
  for (const each of said) {
    const attribute = byCode.get(each.part)
    const one = readSaid(each, attribute, attribute && values.get(`${each.id} ${attribute.id}`))
    if (!one.ok) return one
    read.push(one.value)
  }
  return save(locale, read, (changes) => {
    const attributeIds = changes.map(({ said: { part } }) => byCode.get(part)!.id)
    return sql`
      update attribute_value set texts = ${merged(sql`texts`, locale)}
      from unnest(${changes.map(({ rowId }) => rowId)}::uuid[], ${attributeIds}::uuid[],
        ${changes.map(({ said: { text } }) => text)}::text[]) as said (owner_id, attribute_id, text)
      where attribute_value.owner_id = said.owner_id and attribute_value.attribute_id = said.attribute_id`.execute(
      ctx.db,
    )
  })
}

const writeChoices = async (ctx: Context, locale: string, said: Said): Promise<Changes> => {
  const attributes = await attributesByIds(ctx.db, { seesAll: true }, idsIn(said))
  const byId = new Map(attributes.map((attribute) => [attribute.id, attribute]))
  const read: Read[] = []
  for (const each of said) {
    const { code: attribute, choices } = byId.get(each.id)!
    const choice = choices.find(({ code }) => code === each.part)
    if (!choice) {
      const facts = { attribute, choice: each.part.slice(0, 60).toWellFormed() }
      return ATTRIBUTE_REFUSALS.refuse('CHOICE_UNKNOWN', facts, pathOf(each, 'part'))
    }
    read.push({ said: each, rowId: choice.id, before: choice.name })
  }
  return save(locale, read, (changes) =>
    sql`
      update attribute_choice set name = ${merged(sql`name`, locale)}
      from ${saidRows(changes)} where attribute_choice.id = said.id`.execute(ctx.db),
  )
}

/** Writes one field of many things of a kind, which the caller holds, in few statements; tells what is another now. */
export const writeTexts = (ctx: Context, locale: string, said: Said): Promise<Changes> => {
  const { field } = said[0]!
  if (field === 'ATTRIBUTE') return writeValues(ctx, locale, said)
  return field === 'CHOICE' ? writeChoices(ctx, locale, said) : writeColumn(ctx, locale, said)
}
