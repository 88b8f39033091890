import type { FieldErrors } from '#lib/api/refusal.ts'
import { m } from '#lib/paraglide/messages.js'

/** The terms of a field: one on each line, or with commas between. */
export const termsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,;]/)
      .map((term) => term.trim())
      .filter(Boolean),
  ),
]

/** A synonym as it is typed. */
export interface SynonymDraft {
  readonly kind: 'TWO_WAY' | 'ONE_WAY'
  readonly terms: string
  readonly replacements: string
}

/** What stands in the way of saving, by field. The API has the last word on all else. */
export const problemsOf = ({ kind, terms, replacements }: SynonymDraft): FieldErrors => {
  const given = termsIn(terms).length
  if (kind === 'TWO_WAY') return given < 2 ? { terms: m.synonym_two_needed() } : {}
  return {
    ...(given === 0 && { terms: m.required_field() }),
    ...(termsIn(replacements).length === 0 && { replacements: m.required_field() }),
  }
}

/** What a mutation takes; those that mean the same have no replacements. */
export const inputOf = ({ kind, terms, replacements }: SynonymDraft) => ({
  terms: termsIn(terms),
  replacements: kind === 'ONE_WAY' ? termsIn(replacements) : [],
})
