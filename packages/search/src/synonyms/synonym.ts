import { ok, type Result, type Uuid } from '@hilo/kernel'
import { SEARCH } from '../errors.ts'
import { type Expansion, MAX_KEY_WORDS, wordsOf } from '../query-words.ts'

/** TWO_WAY: all terms mean the same. ONE_WAY: who types a term also finds the replacements. */
export const SYNONYM_KINDS = ['TWO_WAY', 'ONE_WAY'] as const

/** Words that stand for others in a language. */
export interface Synonym {
  readonly id: Uuid
  readonly locale: string
  readonly kind: (typeof SYNONYM_KINDS)[number]
  readonly terms: readonly string[]
  /** Of a ONE_WAY. */
  readonly replacements: readonly string[]
  readonly version: number
}

/** Terms of a synonym, and replacements, at most. */
export const MAX_TERMS = 20

const MAX_TERM = 100

const isTerm = (term: string): boolean => {
  const { length } = wordsOf(term)
  return term.length <= MAX_TERM && length > 0 && length <= MAX_KEY_WORDS
}

const tidy = (terms: readonly string[]): string[] => [
  ...new Map(terms.map((term) => [keyOf(term), term.trim()])).values(),
]

/** A term as queries are compared with it. */
export const keyOf = (term: string): string => wordsOf(term).join(' ')

/** Terms without those that are the same; refuses what is no synonym of anything. */
export const checkTerms = ({
  kind,
  terms,
  replacements,
}: Pick<Synonym, 'kind' | 'terms' | 'replacements'>): Result<Pick<Synonym, 'terms' | 'replacements'>> => {
  const given = { terms: tidy(terms), replacements: tidy(replacements) }
  const fits =
    kind === 'TWO_WAY'
      ? given.terms.length > 1 && given.replacements.length === 0
      : given.terms.length > 0 && given.replacements.length > 0
  const all = [...given.terms, ...given.replacements]
  const small = terms.length <= MAX_TERMS && replacements.length <= MAX_TERMS
  if (fits && small && all.every(isTerm)) return ok(given)
  return SEARCH.refuse('SYNONYM_INVALID', { max: MAX_TERMS, words: MAX_KEY_WORDS }, ['terms'])
}

/** What each term of a synonym stands for. */
export const expansionsOf = ({
  kind,
  terms,
  replacements,
}: Pick<Synonym, 'kind' | 'terms' | 'replacements'>): Expansion[] =>
  terms.map((term, index) => ({
    key: wordsOf(term),
    means: (kind === 'ONE_WAY' ? replacements : terms.filter((_, other) => other !== index)).map(wordsOf),
  }))
