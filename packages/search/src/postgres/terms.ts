import { codeTerm, type Weighed } from './weighed.ts'

/** Places of a word that are told, in each weight: more say nothing more of how well it fits. */
const MOST_PLACES = 8

/** The last place that a tsvector can tell. */
const LAST_PLACE = 16_383

const quoted = (term: string): string => `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/** A word of a name as a term of its own kind: of a common word those that are named so are looked at first. */
export const nameTerm = (word: string): string => quoted(`^${word}`)

/**
 * A tsvector as text: each word as it is and by its stem, where it stands and what it weighs there, and codes whole. Made
 * here, since to stem a word once in a shop is a tenth of the work of stemming it in each document.
 */
export const termsOf = ({ weights, codes }: Weighed, stems: ReadonlyMap<string, string>): string => {
  const places = new Map<string, string[]>()
  const counted = new Map<string, number>()
  let at = 0
  const stand = (term: string, weight: string): void => {
    const key = term + weight
    const times = (counted.get(key) ?? 0) + 1
    counted.set(key, times)
    if (times > MOST_PLACES) return
    const known = places.get(term)
    const place = `${Math.min(at, LAST_PLACE)}${weight}`
    if (known) known.push(place)
    else places.set(term, [place])
  }
  for (const [weight, words] of weights) {
    for (const word of words) {
      at += 1
      stand(word, weight)
      const stem = stems.get(word)
      if (stem && stem !== word) stand(stem, weight)
    }
  }
  const named = weights.flatMap(([weight, words]) => (weight === 'A' ? words : []))
  return [
    ...[...places].map(([term, own]) => `${quoted(term)}:${own.join(',')}`),
    ...new Set(named.flatMap((word) => [nameTerm(word), nameTerm(stems.get(word) || word)])),
    ...new Set(codes.map((code) => quoted(codeTerm(code)))),
  ].join(' ')
}
