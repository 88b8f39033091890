import { m } from '#lib/paraglide/messages.js'
import type { FieldErrors } from '#lib/api/refusal.ts'
import { type SeoDraft, seoDraftOf, seoTermsOf } from '#lib/seo/seo.ts'
import type { CategoryData } from './category.ts'

/** A category as it is edited. */
export type CategoryDraft = { name: { en: string; es: string }; slug: string; seo: SeoDraft }

/** What the editor starts from. */
export const draftOf = ({ nameTexts, slug, seo }: CategoryData): CategoryDraft => ({
  name: { en: nameTexts.en ?? '', es: nameTexts.es ?? '' },
  slug,
  seo: seoDraftOf(seo),
})

/** What a mutation takes of a draft. */
export const termsOf = ({ name, slug, seo }: CategoryDraft) => ({
  name: { en: name.en.trim(), es: name.es.trim() || null },
  slug: slug.trim(),
  seo: seoTermsOf(seo),
})

/** What stands in the way of saving, by field. The API has the last word on all else. */
export const problemsOf = ({ name, slug }: Pick<CategoryDraft, 'name' | 'slug'>): FieldErrors => ({
  ...(name.en.trim() ? {} : { 'name.en': m.required_field() }),
  ...(slug.trim() ? {} : { slug: m.required_field() }),
})
