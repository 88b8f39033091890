import type { FieldErrors, Refusal } from '#lib/api/refusal.ts'
import { hasText, type Texts, textInput, textsOf } from '#lib/editing/texts.ts'
import { m } from '#lib/paraglide/messages.js'
import type { ProductTypeData } from './product-type.ts'

/** Whether the product says it once, or each variant for itself. */
export type Level = ProductTypeData['attributes'][number]['level']

/** An attribute in a type, as it is edited. */
export type ListedDraft = { attributeId: string; level: Level; required: boolean }

/** A product type as it is edited. */
export type ProductTypeDraft = {
  name: Texts
  code: string
  attributes: ListedDraft[]
}

/** What the editor starts from. */
export const draftOf = ({ nameTexts, code, attributes }: ProductTypeData): ProductTypeDraft => ({
  name: textsOf(nameTexts),
  code,
  attributes: attributes.map(({ attribute, level, required }) => ({
    attributeId: attribute.id,
    level,
    required,
  })),
})

/** What a mutation takes of a draft. */
export const termsOf = ({ name, code, attributes }: ProductTypeDraft) => ({
  name: textInput(name),
  code: code.trim(),
  attributes: attributes.map((listed) => ({ ...listed })),
})

/** What stands in the way of saving, by field. The API has the last word on all else. */
export const problemsOf = ({ name, code }: Pick<ProductTypeDraft, 'name' | 'code'>): FieldErrors => ({
  ...(hasText(name) ? {} : { name: m.required_field() }),
  ...(code.trim() ? {} : { code: m.required_field() }),
})

/** True when products have values that saving would take away: that is asked first. */
export const losesValues = (refusals: readonly Refusal[]): boolean =>
  refusals.some(({ code }) => code === 'ATTRIBUTE_IN_USE')
