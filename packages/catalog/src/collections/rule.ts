import { ok, reasonOf, type Result, type Sentence } from '@hilo/kernel'
import * as z from 'zod'
import { CATALOG_REFUSALS } from '../errors.ts'

/** Most characters of a rule as JSON, and how deep its branches may stand in each other. */
const MAX_CHARACTERS = 50_000
const MAX_DEPTH = 8
const MAX_BRANCHES = 100
const MAX_KEYS = 1_000

/** What a refinement says of its own, in every language. */
const says = (en: string, es: string): { params: { reason: Sentence } } => ({
  params: { reason: { en, es } },
})

const KEYS = z.array(z.string().min(1).max(200)).min(1).max(MAX_KEYS)

const TEXT = z
  .strictObject({
    startsWith: z.string().min(1).max(200).optional(),
    contains: z.string().min(1).max(200).optional(),
  })
  .refine(
    (text) => Object.keys(text).length === 1,
    says('must say either startsWith or contains', 'debe indicar o startsWith o contains'),
  )

/** A number, or a date such as 2026-11-27. */
const BOUND = z.union([z.number(), z.iso.date()])

const ATTRIBUTE = z
  .strictObject({
    code: z.string().min(1).max(200),
    in: z
      .array(z.union([z.string().min(1).max(200), z.number(), z.boolean()]))
      .min(1)
      .max(MAX_KEYS)
      .optional(),
    atLeast: BOUND.optional(),
    atMost: BOUND.optional(),
  })
  .refine(
    ({ in: values, atLeast, atMost }) =>
      (values === undefined) !== (atLeast === undefined && atMost === undefined),
    says('must say either in, or atLeast and atMost', 'debe indicar o in, o atLeast y atMost'),
  )
  .refine(
    ({ atLeast, atMost }) =>
      atLeast === undefined || atMost === undefined || typeof atLeast === typeof atMost,
    says('must have bounds of one kind', 'sus límites deben ser de un mismo tipo'),
  )

/**
 * Which products belong to a collection: an object with exactly one of these members. A category covers its descendants;
 * categories are ids or slugs, product types ids or codes, and both are kept as database ids. Texts are compared without
 * regard to case. An attribute holds when the product or one of its variants has such a value.
 */
export interface CollectionRule {
  readonly all?: readonly CollectionRule[] | undefined
  readonly any?: readonly CollectionRule[] | undefined
  readonly not?: CollectionRule | undefined
  readonly category?: readonly string[] | undefined
  readonly productType?: readonly string[] | undefined
  readonly attribute?: z.infer<typeof ATTRIBUTE> | undefined
  /** A name in any language. */
  readonly name?: z.infer<typeof TEXT> | undefined
  readonly sku?: z.infer<typeof TEXT> | undefined
  /** Created less than so many days of 24 hours ago. */
  readonly createdWithinDays?: number | undefined
}

const MEMBERS: Sentence = {
  en: 'all, any, not, category, productType, attribute, name, sku or createdWithinDays',
  es: 'all, any, not, category, productType, attribute, name, sku o createdWithinDays',
}

const RULE: z.ZodType<CollectionRule> = z
  .strictObject({
    get all() {
      return z.array(RULE).min(1).max(MAX_BRANCHES).optional()
    },
    get any() {
      return z.array(RULE).min(1).max(MAX_BRANCHES).optional()
    },
    get not() {
      return RULE.optional()
    },
    category: KEYS.optional(),
    productType: KEYS.optional(),
    attribute: ATTRIBUTE.optional(),
    name: TEXT.optional(),
    sku: TEXT.optional(),
    createdWithinDays: z.int().min(1).max(3_650).optional(),
  })
  .refine(
    (rule) => Object.keys(rule).length === 1,
    says(`must have exactly one member: ${MEMBERS.en}`, `debe tener exactamente un miembro: ${MEMBERS.es}`),
  )

/** The JSON Schema (draft 2020-12) of a rule; that an object has one member only is said by `maxProperties`. */
export const COLLECTION_RULE_SCHEMA: object = z.toJSONSchema(RULE, {
  override: ({ jsonSchema, zodSchema }) => {
    if ((zodSchema as unknown) === RULE) Object.assign(jsonSchema, { minProperties: 1, maxProperties: 1 })
  },
})

/** The refusal of a rule, with the place in it. */
export const refuseRule = (reason: Sentence, path: readonly string[] = []) =>
  CATALOG_REFUSALS.refuse('RULE_INVALID', { reason }, ['rule', ...path])

/** How deep objects and lists stand in each other; counted before the schema looks, which recurses. */
const depthOf = (value: unknown, limit: number): number =>
  typeof value !== 'object' || value === null || limit === 0
    ? 0
    : 1 + Math.max(0, ...Object.values(value).map((inner) => depthOf(inner, limit - 1)))

/** The branches right below a rule, with their paths. */
export const branchesOf = ({ all, any, not }: CollectionRule): [CollectionRule, string[]][] => [
  ...(all ?? []).map((rule, index): [CollectionRule, string[]] => [rule, ['all', String(index)]]),
  ...(any ?? []).map((rule, index): [CollectionRule, string[]] => [rule, ['any', String(index)]]),
  ...(not ? [[not, ['not']] satisfies [CollectionRule, string[]]] : []),
]

/** Why no product can ever fit, as far as the rule alone shows it, with the place. Its references are database ids. */
export const impossible = (
  rule: CollectionRule,
): readonly [reason: Sentence, path: readonly string[]] | undefined => {
  const { atLeast, atMost } = rule.attribute ?? {}
  if (atLeast !== undefined && atMost !== undefined && atLeast > atMost)
    return [
      {
        en: 'nothing is at least the one and at most the other',
        es: 'nada está a la vez por encima de uno y por debajo del otro',
      },
      ['attribute'],
    ]
  const [first, ...others] = (rule.all ?? []).flatMap(({ productType }) => (productType ? [productType] : []))
  if (first && !first.some((type) => others.every((types) => types.includes(type))))
    return [
      {
        en: 'no product is of every type named here',
        es: 'ningún producto es de todos los tipos que se nombran',
      },
      ['all'],
    ]
  for (const [branch, path] of branchesOf(rule)) {
    const found = impossible(branch)
    if (found) return [found[0], [...path, ...found[1]]]
  }
  return undefined
}

/** Reads a rule that came from outside, with its references as they are named; refuses what is none or is too large. */
export const readRule = (value: unknown): Result<CollectionRule> => {
  const text = JSON.stringify(value) ?? ''
  if (text.length > MAX_CHARACTERS)
    return refuseRule({
      en: `it is longer than ${MAX_CHARACTERS} characters`,
      es: `tiene más de ${MAX_CHARACTERS} caracteres`,
    })
  // Postgres keeps neither U+0000 nor half of a surrogate pair in JSON.
  if (/\\u(?:0000|d[89a-f])/.test(text))
    return refuseRule({
      en: 'a text has characters that cannot be stored',
      es: 'un texto tiene caracteres que no se pueden guardar',
    })
  // Each branch is a list and an object, and the innermost has members of its own.
  if (depthOf(value, 2 * MAX_DEPTH + 3) > 2 * MAX_DEPTH + 2)
    return refuseRule({
      en: `it is nested more than ${MAX_DEPTH} deep`,
      es: `tiene más de ${MAX_DEPTH} niveles`,
    })
  const read = RULE.safeParse(value)
  if (!read.success) {
    const [issue] = read.error.issues
    return refuseRule(reasonOf(issue!), issue!.path.map(String))
  }
  return ok(read.data)
}
