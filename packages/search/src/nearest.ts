/**
 * How many letters must be changed, added, left out or swapped with the next to make one word of another (optimal string
 * alignment).
 */
export const editDistance = (a: string, b: string): number => {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, before[j - 2]! + 1)
      next.push(least)
    }
    before = row
    row = next
  }
  return row[b.length]!
}

/** Mistakes that a word of so many letters is forgiven. */
const forgiven = (length: number): number => (length < 4 ? 0 : length < 6 ? 1 : 2)

const MOST = 3

/** Of some words those that are written nearly so, the nearest first, in the order given where they are equally near. */
export const nearest = (word: string, candidates: readonly string[]): string[] => {
  const near = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .filter(({ distance }) => distance > 0 && distance <= forgiven(word.length))
    .toSorted((a, b) => a.distance - b.distance)
  return near
    .filter(({ distance }) => distance === near[0]!.distance)
    .slice(0, MOST)
    .map(({ candidate }) => candidate)
}
