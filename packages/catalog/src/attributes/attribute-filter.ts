import { COMMON, ok, type Result, storable, type Uuid } from '@hilo/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { type Attribute, type AttributeKind, canFilter, MAX_FILTER_TEXT } from './attribute.ts'
import { ATTRIBUTE_REFUSALS } from './errors.ts'

/** What a product, or a variant of it on sale, must say of an attribute; all that is stated must hold. */
export interface AttributeCondition {
  /** Of the attribute. */
  readonly code: string
  /** One of these: texts, colours, codes of choices, or public ids of references. */
  readonly in?: readonly string[] | null
  readonly is?: boolean | null
  readonly atLeast?: number | null
  readonly atMost?: number | null
  /** `YYYY-MM-DD`. */
  readonly from?: string | null
  readonly until?: string | null
}

/** A condition that is known to fit its attribute, with database ids. */
export interface AttributePredicate {
  readonly attributeId: Uuid
  readonly column: Column
  readonly in?: readonly string[] | undefined
  readonly is?: boolean | undefined
  readonly least?: number | string | undefined
  readonly most?: number | string | undefined
}

type Column =
  | 'text_value'
  | 'number_value'
  | 'boolean_value'
  | 'date_value'
  | 'ref_product_id'
  | 'ref_category_id'

const COLUMNS: Readonly<Record<AttributeKind, Column>> = {
  TEXT: 'text_value',
  RICH_TEXT: 'text_value',
  NUMBER: 'number_value',
  BOOLEAN: 'boolean_value',
  DATE: 'date_value',
  CHOICE: 'text_value',
  MULTI_CHOICE: 'text_value',
  PRODUCT_REFERENCE: 'ref_product_id',
  CATEGORY_REFERENCE: 'ref_category_id',
  FILE: 'text_value',
  COLOR: 'text_value',
}

type Operator = Exclude<keyof AttributeCondition, 'code'>

const OPERATORS: Readonly<Record<Column, readonly Operator[]>> = {
  text_value: ['in'],
  number_value: ['atLeast', 'atMost'],
  boolean_value: ['is'],
  date_value: ['from', 'until'],
  ref_product_id: ['in'],
  ref_category_id: ['in'],
}

const MAX_IN = 1_000

const { refuse } = ATTRIBUTE_REFUSALS

/** Reads the public ids that a condition names. */
export type ReadIds = (
  kind: 'product' | 'category',
  ids: readonly string[],
  path: readonly string[],
) => Result<Uuid[]>

interface Reading {
  readonly attributes: ReadonlyMap<string, Attribute>
  readonly readIds: ReadIds
  readonly path: readonly string[]
}

/** The predicate of a condition. Refuses attributes that are unknown or not filterable, and what the kind does not know. */
export const readCondition = (
  condition: AttributeCondition,
  { attributes, readIds, path }: Reading,
): Result<AttributePredicate> => {
  const { code, ...operators } = condition
  const shown = code.slice(0, 60).toWellFormed()
  const attribute = attributes.get(code)
  if (!attribute) return refuse('ATTRIBUTE_UNKNOWN', { attribute: shown }, [...path, 'code'])
  if (!attribute.filterable || !canFilter(attribute))
    return refuse('ATTRIBUTE_NOT_FILTERABLE', { attribute: shown }, [...path, 'code'])
  const column = COLUMNS[attribute.kind]
  const expected = OPERATORS[column]
  const given = (Object.keys(operators) as Operator[]).filter((name) => operators[name] != null)
  const wrong = given.find((name) => !expected.includes(name))
  if (wrong !== undefined || given.length === 0) {
    const facts = { attribute: code, kind: attribute.kind, expected: expected.join(', ') }
    return refuse('ATTRIBUTE_VALUE_INVALID', facts, wrong ? [...path, wrong] : path)
  }
  const { in: among, is, atLeast, atMost, from, until } = condition
  if ((among?.length ?? 0) > MAX_IN) {
    const reason = { en: `At most ${MAX_IN} values.`, es: `Como máximo ${MAX_IN} valores.` }
    return COMMON.refuse('INVALID_INPUT', { reason }, [...path, 'in'])
  }
  const kind = column === 'ref_product_id' ? 'product' : column === 'ref_category_id' ? 'category' : undefined
  const values = kind && among ? readIds(kind, among, [...path, 'in']) : ok(among ?? undefined)
  if (!values.ok) return values
  return ok({
    attributeId: attribute.id,
    column,
    in: values.value?.map((text) => storable(attribute.kind === 'COLOR' ? text.toLowerCase() : text)),
    is: is ?? undefined,
    least: atLeast ?? from ?? undefined,
    most: atMost ?? until ?? undefined,
  })
}

const CASTS: Readonly<Record<Column, string>> = {
  text_value: 'text',
  number_value: 'float8',
  boolean_value: 'boolean',
  date_value: 'date',
  ref_product_id: 'uuid',
  ref_category_id: 'uuid',
}

/** SQL: the row of `product` says it, or one of its variants on sale does. Each column has an index. */
export const saysAttribute = (predicate: AttributePredicate): RawBuilder<SqlBool> => {
  const { attributeId, column, in: among, is, least, most } = predicate
  const value = sql.ref(`said.${column}`)
  const cast = sql.raw(CASTS[column])
  const parts = [
    sql`said.attribute_id = ${attributeId}`,
    // What the index of texts is of.
    ...(column === 'text_value' ? [sql`length(said.text_value) <= ${sql.lit(MAX_FILTER_TEXT)}`] : []),
    ...(among ? [sql`${value} = any(${among}::${cast}[])`] : []),
    ...(is === undefined ? [] : [sql`${value} = ${is}`]),
    ...(least === undefined ? [] : [sql`${value} >= ${least}::${cast}`]),
    ...(most === undefined ? [] : [sql`${value} <= ${most}::${cast}`]),
  ]
  return sql`product.id in (
    select said.product_id from attribute_value as said
    where ${sql.join(parts, sql` and `)}
      and (said.variant_id is null
        or exists (select from variant where variant.id = said.variant_id and variant.archived_at is null)))`
}
