import { isSame } from '#lib/editing/rebase.ts'
import { hasText, type Texts, textInput, textsOf } from '#lib/editing/texts.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Definition, TypeData, ValueData } from './attribute-fields.ts'

/** A value of an attribute while it is edited: as typed, ids or codes, or a text by language. */
export type ValueDraft = string | string[] | Texts

/** What is said of attributes while it is edited, by code; what is empty is not there. */
export type ValuesDraft = Record<string, ValueDraft>

const draftOfValue = (value: ValueData): ValueDraft => {
  switch (value.__typename) {
    case 'TextAttributeValue':
      return value.texts ? textsOf(value.texts) : value.text
    case 'RichTextAttributeValue':
      return value.htmlTexts ? textsOf(value.htmlTexts) : value.html
    case 'NumberAttributeValue':
      return String(value.number)
    case 'BooleanAttributeValue':
      return String(value.boolean)
    case 'DateAttributeValue':
      return String(value.date)
    case 'ChoiceAttributeValue':
      return value.choice.code
    case 'MultiChoiceAttributeValue':
      return value.choices.map(({ code }) => code)
    case 'ColorAttributeValue':
      return value.color
    case 'FileAttributeValue':
      return value.url
    case 'ProductReferenceAttributeValue':
      return value.products.map(({ id }) => id)
    case 'CategoryReferenceAttributeValue':
      return value.categories.map(({ id }) => id).sort()
  }
}

/** What is said, as the editor begins. */
export const valuesOf = (values: readonly ValueData[]): ValuesDraft =>
  Object.fromEntries(values.map((value) => [value.code, draftOfValue(value)]))

/** What products that are named by values are called, by id. */
export const namesOfValues = (values: readonly ValueData[]): [id: string, name: string][] =>
  values.flatMap((value) =>
    value.__typename === 'ProductReferenceAttributeValue'
      ? value.products.map(({ id, name }): [string, string] => [id, name])
      : [],
  )

/** The definitions that hold on a level, those required marked. */
export const definitionsAt = (type: TypeData | null | undefined, level: 'PRODUCT' | 'VARIANT') =>
  (type?.attributes ?? [])
    .filter((listed) => listed.level === level)
    .map(({ attribute, required }) => ({ ...attribute, required }))

/** A number as people type it, with a comma or a point. */
export const numberOf = (typed: string): number => Number(typed.trim().replace(',', '.'))

const isEmpty = (value: ValueDraft | undefined): boolean =>
  value === undefined ||
  (typeof value === 'string'
    ? value.trim() === ''
    : Array.isArray(value)
      ? value.length === 0
      : !hasText(value))

const FIELDS = {
  TEXT: 'text',
  RICH_TEXT: 'text',
  NUMBER: 'number',
  BOOLEAN: 'boolean',
  DATE: 'date',
  CHOICE: 'choice',
  MULTI_CHOICE: 'choices',
  PRODUCT_REFERENCE: 'productIds',
  CATEGORY_REFERENCE: 'categoryIds',
  FILE: 'url',
  COLOR: 'color',
} as const satisfies Record<Definition['kind'], string>

const sent = ({ kind, localized }: Definition, value: ValueDraft) => {
  if (localized && typeof value === 'object' && !Array.isArray(value)) return { texts: textInput(value) }
  if (kind === 'NUMBER') return { number: numberOf(value as string) }
  if (kind === 'BOOLEAN') return { boolean: value === 'true' }
  return { [FIELDS[kind]]: typeof value === 'string' ? value.trim() : value }
}

/** What a mutation takes of one value; an empty one is taken away. */
export const valueInput = (definition: Definition, value: ValueDraft | undefined) => ({
  code: definition.code,
  ...(value === undefined || isEmpty(value) ? {} : sent(definition, value)),
})

/** What is said anew of attributes, in the order of their definitions. */
export const valueChanges = (
  definitions: readonly Definition[],
  mine: ValuesDraft,
  before: ValuesDraft,
): ReturnType<typeof valueInput>[] =>
  definitions
    .filter(({ code }) => !isSame(mine[code], before[code]))
    .map((definition) => valueInput(definition, mine[definition.code]))

/** What stands in the way of saving values, by their code. The API has the last word. */
export const valueProblems = (
  definitions: readonly Definition[],
  values: ValuesDraft,
): Record<string, string> =>
  Object.fromEntries(
    definitions.flatMap(({ code, kind }) => {
      const value = values[code]
      const isWrong =
        kind === 'NUMBER' && typeof value === 'string' && value.trim() && Number.isNaN(numberOf(value))
      return isWrong ? [[code, m.number_invalid()]] : []
    }),
  )
