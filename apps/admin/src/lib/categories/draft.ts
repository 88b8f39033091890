import { m } from '#lib/paraglide/messages.js'
import type { FieldErrors } from '#lib/api/refusal.ts'
import { hasText, type Texts, textInput, textsOf } from '#lib/editing/texts.ts'
import { type SeoDraft, seoDraftOf, seoTermsOf } from '#lib/seo/seo.ts'
import type { CategoryData } from './category.ts'

/** A category as it is edited. */
export type CategoryDraft = { name: Texts; slug: string; seo: SeoDraft }

/** What the editor starts from. */
export const draftOf = ({ nameTexts, slug, seo }: CategoryData): CategoryDraft => ({
  name: textsOf(nameTexts),
  slug,
  seo: seoDraftOf(seo),
})

/** What a mutation takes of a draft. */
export const termsOf = ({ name, slug, seo }: CategoryDraft) => ({
  name: textInput(name),
  slug: slug.trim(),
  seo: seoTermsOf(seo),
})

/** What stands in the way of saving, by field. The API has the last word on all else. */
export const problemsOf = ({ name, slug }: Pick<CategoryDraft, 'name' | 'slug'>): FieldErrors => ({
  ...(hasText(name) ? {} : { name: m.required_field() }),
  ...(slug.trim() ? {} : { slug: m.required_field() }),
})
