import type { FieldErrors } from '#lib/api/refusal.ts'
import { hasText, type Texts, textInput, textsOf } from '#lib/editing/texts.ts'
import { m } from '#lib/paraglide/messages.js'
import type { AttributeData, AttributeKind } from './attribute.ts'
import { canFilter, hasChoices, isText } from './kinds.ts'

/** One of the values that can be chosen, as it is edited. */
export type ChoiceDraft = {
  code: string
  name: Texts
  /** Empty without a swatch. */
  color: string
  /** A code that products may use already never changes. */
  isSaved: boolean
}

/** An attribute as it is edited; numbers are what is typed. */
export type AttributeDraft = {
  name: Texts
  code: string
  kind: AttributeKind
  unit: string
  minimum: string
  maximum: string
  maxLength: string
  localized: boolean
  filterable: boolean
  internal: boolean
  choices: ChoiceDraft[]
}

/** A new attribute before anything is said of it. */
export const BLANK: AttributeDraft = {
  name: {},
  code: '',
  kind: 'TEXT',
  unit: '',
  minimum: '',
  maximum: '',
  maxLength: '',
  localized: false,
  filterable: false,
  internal: false,
  choices: [],
}

/** What the editor starts from. */
export const draftOf = (attribute: AttributeData): AttributeDraft => ({
  name: textsOf(attribute.nameTexts),
  code: attribute.code,
  kind: attribute.kind,
  unit: attribute.unit ?? '',
  minimum: String(attribute.minimum ?? ''),
  maximum: String(attribute.maximum ?? ''),
  maxLength: String(attribute.maxLength ?? ''),
  localized: attribute.localized,
  filterable: attribute.filterable,
  internal: attribute.internal,
  choices: attribute.choices.map(({ code, nameTexts, color }) => ({
    code,
    name: textsOf(nameTexts),
    color: color ?? '',
    isSaved: true,
  })),
})

const numberOf = (typed: string): number | null => (typed.trim() ? Number(typed.replace(',', '.')) : null)

/** What a mutation takes of a draft: only settings that go with its kind. */
export const termsOf = (draft: AttributeDraft) => {
  const { kind } = draft
  const isNumber = kind === 'NUMBER'
  return {
    name: textInput(draft.name),
    code: draft.code.trim(),
    kind,
    unit: (isNumber && draft.unit.trim()) || null,
    minimum: isNumber ? numberOf(draft.minimum) : null,
    maximum: isNumber ? numberOf(draft.maximum) : null,
    maxLength: isText(kind) ? numberOf(draft.maxLength) : null,
    localized: isText(kind) && draft.localized,
    filterable: canFilter(draft) && draft.filterable,
    internal: draft.internal,
    choices: hasChoices(kind)
      ? draft.choices.map(({ code, name, color }) => ({
          code: code.trim(),
          name: textInput(name),
          color: color || null,
        }))
      : [],
  }
}

const CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/

const codeProblem = (code: string): string | undefined =>
  CODE.test(code.trim()) ? undefined : code.trim() ? m.product_slug_invalid() : m.required_field()

/** What stands in the way of saving, by field. The API has the last word on all else. */
export const problemsOf = (draft: AttributeDraft): FieldErrors => {
  const isWrong = (typed: string): boolean => Number.isNaN(numberOf(typed) ?? 0)
  const found: Record<string, string | undefined> = {
    name: hasText(draft.name) ? undefined : m.required_field(),
    code: codeProblem(draft.code),
    ...(draft.kind === 'NUMBER' && {
      minimum: isWrong(draft.minimum) ? m.number_invalid() : undefined,
      maximum: isWrong(draft.maximum) ? m.number_invalid() : undefined,
    }),
    ...(isText(draft.kind) && {
      maxLength: /^([1-9]\d{0,6})?$/.test(draft.maxLength.trim()) ? undefined : m.number_invalid(),
    }),
  }
  for (const [index, { code, name }] of hasChoices(draft.kind) ? draft.choices.entries() : []) {
    found[`choices.${index}.name`] = hasText(name) ? undefined : m.required_field()
    found[`choices.${index}.code`] = codeProblem(code)
  }
  return Object.fromEntries(Object.entries(found).filter((entry): entry is [string, string] => !!entry[1]))
}
