import type { Context } from '@hilo/db'
import { COMMON, decodeId, encodeId, isUuid, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { branchesOf, type CollectionRule, impossible, readRule, refuseRule } from './rule.ts'

/** Things that rules name by id or by another key. */
const REFERENCES = {
  category: { table: 'category', key: 'slug' },
  productType: { table: 'product_type', key: 'code' },
} as const

type Reference = keyof typeof REFERENCES

const RANGE_KINDS: Readonly<Record<string, string>> = { NUMBER: 'number', DATE: 'string' }

interface Known {
  readonly ids: ReadonlyMap<string, Uuid>
  readonly attributes: ReadonlyMap<string, { readonly kind: string; readonly choices: readonly string[] }>
}

type Path = readonly string[]

/** Every leaf of a rule with its path. */
const leavesOf = (rule: CollectionRule, path: Path = []): (readonly [CollectionRule, Path])[] => {
  const branches = branchesOf(rule)
  return branches.length === 0
    ? [[rule, path]]
    : branches.flatMap(([branch, at]) => leavesOf(branch, [...path, ...at]))
}

const keysOf = (leaves: readonly (readonly [CollectionRule, Path])[], noun: Reference): string[] =>
  leaves.flatMap(([rule]) => rule[noun] ?? []).map((key) => decodeId(noun, key) ?? key)

const idsOf = async (
  { db }: Context,
  noun: Reference,
  keys: readonly string[],
): Promise<[string, Uuid][]> => {
  if (keys.length === 0) return []
  const { table, key } = REFERENCES[noun]
  const { rows } = await sql<{ id: Uuid; key: string }>`
    select id, ${sql.ref(key)} as key from ${sql.table(table)}
    where id = any(${keys.filter(isUuid)}::uuid[]) or ${sql.ref(key)} = any(${keys}::text[])`.execute(db)
  return rows.flatMap((row) => [
    [`${noun} ${row.id}`, row.id],
    [`${noun} ${row.key}`, row.id],
  ])
}

/** Held, so that none of them is renamed before a rule that names it is saved. */
const attributesOf = async ({ db }: Context, codes: readonly string[]) => {
  const { rows } = await sql<{ code: string; kind: string; choices: string[] }>`
    select code, kind, array(
      select code from attribute_choice where attribute_id = attribute.id
    ) as choices
    from attribute where filterable and code = any(${codes}::text[])
    for share of attribute`.execute(db)
  return new Map(rows.map((row) => [row.code, row]))
}

const checkAttribute = (
  { code, in: wanted, atLeast, atMost }: NonNullable<CollectionRule['attribute']>,
  { attributes }: Known,
  path: Path,
): Result<null> => {
  const attribute = attributes.get(code)
  if (!attribute)
    return refuseRule(
      {
        en: `there is no attribute ${code} that can be filtered by`,
        es: `no existe ningún atributo ${code} por el que se pueda filtrar`,
      },
      [...path, 'code'],
    )
  const isChoice = attribute.kind.endsWith('CHOICE')
  const strange = wanted?.findIndex((value) => isChoice && !attribute.choices.includes(String(value))) ?? -1
  if (strange >= 0)
    return refuseRule(
      {
        en: `${code} has no choice ${wanted![strange]}`,
        es: `${code} no tiene la opción ${wanted![strange]}`,
      },
      [...path, 'in', String(strange)],
    )
  const bound = atLeast ?? atMost
  return bound === undefined || RANGE_KINDS[attribute.kind] === typeof bound
    ? ok(null)
    : refuseRule(
        {
          en: `${code} has no order that these bounds fit`,
          es: `${code} no tiene un orden al que valgan estos límites`,
        },
        path,
      )
}

const replaced = (rule: CollectionRule, known: Known): CollectionRule => {
  const idsIn = (noun: Reference) =>
    rule[noun]?.map((key) => known.ids.get(`${noun} ${decodeId(noun, key) ?? key}`)!)
  if (rule.all) return { all: rule.all.map((one) => replaced(one, known)) }
  if (rule.any) return { any: rule.any.map((one) => replaced(one, known)) }
  if (rule.not) return { not: replaced(rule.not, known) }
  if (rule.category) return { category: idsIn('category') }
  return rule.productType ? { productType: idsIn('productType') } : rule
}

/**
 * Reads a rule that came from outside, with every reference as a database id; refuses what is no rule, can never hold,
 * or names what is not there, with the path of what is wrong.
 */
export const resolveRule = async (ctx: Context, input: unknown): Promise<Result<CollectionRule>> => {
  const read = readRule(input)
  if (!read.ok) return read
  const leaves = leavesOf(read.value)
  const [categories, types, attributes] = await Promise.all([
    idsOf(ctx, 'category', keysOf(leaves, 'category')),
    idsOf(ctx, 'productType', keysOf(leaves, 'productType')),
    attributesOf(
      ctx,
      leaves.flatMap(([rule]) => rule.attribute?.code ?? []),
    ),
  ])
  const known: Known = { ids: new Map([...categories, ...types]), attributes }
  for (const [rule, path] of leaves) {
    for (const noun of ['category', 'productType'] as const) {
      const missing =
        rule[noun]?.findIndex((key) => !known.ids.has(`${noun} ${decodeId(noun, key) ?? key}`)) ?? -1
      if (missing >= 0) {
        const shown = { kind: noun, id: rule[noun]![missing]!.slice(0, 60) }
        return COMMON.refuse('NOT_FOUND', shown, ['rule', ...path, noun, String(missing)])
      }
    }
    const checked = rule.attribute ? checkAttribute(rule.attribute, known, [...path, 'attribute']) : ok(null)
    if (!checked.ok) return checked
  }
  const rule = replaced(read.value, known)
  const never = impossible(rule)
  return never ? refuseRule(...never) : ok(rule)
}

/** A rule as front ends read it: references as public ids. */
export const shownRule = (rule: CollectionRule): CollectionRule => {
  if (rule.all) return { all: rule.all.map(shownRule) }
  if (rule.any) return { any: rule.any.map(shownRule) }
  if (rule.not) return { not: shownRule(rule.not) }
  if (rule.category) return { category: rule.category.map((id) => encodeId('category', id)) }
  return rule.productType ? { productType: rule.productType.map((id) => encodeId('productType', id)) } : rule
}
