import { err, EXPECTED, expectedOf, ok, type Refusal, type Result } from '@hilo/kernel'
import { z } from 'zod'
import { BULK } from './errors.ts'

const MAX_ISSUES = 20

/** Nothing stands where the path leads to. */
const isMissing = (item: unknown, path: readonly string[]): boolean => {
  let value = item
  for (const field of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return true
    value = (value as Readonly<Record<string, unknown>>)[field]
  }
  return value === undefined
}

const refusalsOf = (issue: z.core.$ZodIssue, item: unknown): Refusal[] => {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys
      .slice(0, MAX_ISSUES)
      .map(
        (field) =>
          BULK.refuse('ROW_FIELD_UNKNOWN', { field: field.slice(0, 60) }, [...path, field.slice(0, 60)])
            .error,
      )
  }
  if (isMissing(item, path)) {
    return [BULK.refuse('ROW_FIELD_MISSING', { field: path.at(-1)! }, path).error]
  }
  return [BULK.refuse('ROW_VALUE_INVALID', { expected: expectedOf(issue) }, path).error]
}

/** No field of any kind needs half of it. */
const DEEPEST = 64

const SHALLOWER = {
  en: `a value of at most ${DEEPEST} levels`,
  es: `un valor de ${DEEPEST} niveles como máximo`,
}

/** Without recursion, which a deep value would exhaust, here or in whatever looks at it next. */
const isTooDeep = (root: unknown): boolean => {
  const left: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 0 }]
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, depth } = next
    if (!value || typeof value !== 'object') continue
    if (depth > DEEPEST) return true
    for (const inner of Object.values(value)) left.push({ value: inner, depth: depth + 1 })
  }
  return false
}

/** What an item says, when all of it has the shape of its kind; every mistake beside each other otherwise. */
export const checkShape = <Schema extends z.ZodType>(
  schema: Schema,
  item: unknown,
): Result<z.output<Schema>> => {
  if (isTooDeep(item)) return BULK.refuse('ROW_VALUE_INVALID', { expected: SHALLOWER })
  const parsed = schema.safeParse(item)
  if (parsed.success) return ok(parsed.data)
  const [first, ...more] = parsed.error.issues
    .slice(0, MAX_ISSUES)
    .flatMap((issue) => refusalsOf(issue, item))
  return err(more.length > 0 ? { ...first!, more } : first!)
}

/** A text that a database can hold, of at most so many characters. */
export const plainText = (max: number) =>
  z
    .string()
    .max(max)
    // oxlint-disable-next-line no-control-regex
    .refine((text) => text.isWellFormed() && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text), {
      params: { expected: EXPECTED.visible },
    })
