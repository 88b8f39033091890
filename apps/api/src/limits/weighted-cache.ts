/**
 * A cache bounded by what its keys and values weigh together rather than by their number; what was not used for longest
 * goes first. What alone is heavier than all is not kept.
 */
export const createWeightedCache = <Value>(
  capacity: number,
  weigh: (key: string, value: Value) => number,
) => {
  const entries = new Map<string, { readonly value: Value; readonly weight: number }>()
  let total = 0
  const drop = (key: string): void => {
    total -= entries.get(key)?.weight ?? 0
    entries.delete(key)
  }
  return {
    get: (key: string): Value | undefined => {
      const entry = entries.get(key)
      if (!entry) return undefined
      entries.delete(key)
      entries.set(key, entry)
      return entry.value
    },
    set: (key: string, value: Value): void => {
      const weight = weigh(key, value)
      drop(key)
      if (weight > capacity) return
      entries.set(key, { value, weight })
      total += weight
      for (const oldest of entries.keys()) {
        if (total <= capacity) return
        drop(oldest)
      }
    },
    delete: drop,
  }
}
