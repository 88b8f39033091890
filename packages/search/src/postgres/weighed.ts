import type { SearchDocument } from '../document/search-document.ts'
import { fold, wordsOf } from '../query-words.ts'

/** The words of a document in a language by what they weigh: names A, codes B, choices and categories C, the rest D. */
export interface Weighed {
  readonly weights: readonly (readonly ['A' | 'B' | 'C' | 'D', readonly string[]])[]
  readonly codes: readonly string[]
  /** Each once. */
  readonly words: readonly string[]
}

/** Characters of a description that are looked at. */
const MAX_DESCRIPTION = 20_000

/** Words of each weight that are looked at, so that a row stays far below what a tsvector holds. */
const MAX_WORDS = 4_000

/** A code as a term of its own kind, which no word is: it is found whole, whatever signs are in it. */
export const codeTerm = (code: string): string => `=${fold(code).replace(/\s/g, '')}`

/** What is indexed of a document in a language that it has. */
export const weigh = ({ texts, codes }: SearchDocument, locale: string): Weighed => {
  const { name, keywords, description } = texts[locale]!
  const weights = [
    ['A', wordsOf(name)],
    ['B', codes.flatMap(wordsOf).slice(0, MAX_WORDS)],
    ['C', wordsOf(keywords).slice(0, MAX_WORDS)],
    ['D', wordsOf(description.slice(0, MAX_DESCRIPTION)).slice(0, MAX_WORDS)],
  ] as const
  return {
    weights,
    codes: codes.slice(0, MAX_WORDS),
    words: [...new Set(weights.flatMap(([, words]) => words))],
  }
}
