import { storable } from '@hilo/kernel'

/** Letters that no decomposition takes apart. */
const LIGATURES: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
}

/** A text as it is compared: small letters without accents. */
export const fold = (text: string): string =>
  storable(text)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðłþı]/g, (letter) => LIGATURES[letter]!)

/** Characters of a word that are looked at: nobody types more, and an index holds no more. */
const MAX_WORD = 60

/** The words of a text, folded: runs of letters and digits, so that nothing in them is an operator of any engine. */
export const wordsOf = (text: string): string[] =>
  (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => Array.from(word).slice(0, MAX_WORD).join(''))

/** Characters of a query, at most. */
export const MAX_QUERY = 200

/** Words of a query that are looked at; those that follow are left out. */
export const MAX_WORDS = 8

/** A word of a query with what else stands for it: synonyms, of one word or of several that follow each other. */
export interface QueryWord {
  readonly word: string
  readonly alternatives: readonly (readonly string[])[]
}

/** What a synonym says: whoever types the key also means the others. Words are folded. */
export interface Expansion {
  readonly key: readonly string[]
  readonly means: readonly (readonly string[])[]
}

/** Words of one key of a synonym, at most. */
export const MAX_KEY_WORDS = 4

/** Every run of words that may be the key of a synonym. */
export const runsOf = (words: readonly string[]): string[] =>
  words.flatMap((_, from) =>
    Array.from({ length: Math.min(MAX_KEY_WORDS, words.length - from) }, (_run, more) =>
      words.slice(from, from + more + 1).join(' '),
    ),
  )

/**
 * The words with their synonyms. The longest key wins where several begin, and the words of a key of several are one:
 * `coffee machine` with the synonym `espresso maker` is found by either.
 */
export const expandWords = (words: readonly string[], expansions: readonly Expansion[]): QueryWord[] => {
  const byKey = Map.groupBy(expansions, ({ key }) => key.join(' '))
  const found: QueryWord[] = []
  for (let at = 0; at < words.length;) {
    let length = Math.min(MAX_KEY_WORDS, words.length - at)
    while (length > 1 && !byKey.has(words.slice(at, at + length).join(' '))) length -= 1
    const run = words.slice(at, at + length)
    const means = (byKey.get(run.join(' ')) ?? []).flatMap((expansion) => expansion.means)
    found.push({ word: run.join(' '), alternatives: means })
    at += length
  }
  return found
}

/** The words of a query, at most eight. */
export const queryWords = (text: string): string[] => wordsOf(text.slice(0, MAX_QUERY)).slice(0, MAX_WORDS)
