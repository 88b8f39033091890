/** How much of an allowance is left, and how long until what was asked would be there. */
export interface Balance {
  readonly ok: boolean
  /** Points left, rounded down; below zero when events were paid on credit. */
  readonly available: number
  /** Milliseconds until the points asked for are there; 0 when they were. */
  readonly waitMs: number
}

/** What a bucket holds at most, and gets back each second. */
export interface Size {
  readonly burst: number
  readonly perSecond: number
}

/**
 * Token buckets by name, at most `remembered` of them. A bucket that was not used for longest is forgotten first, and is
 * full when it is used again. `now` in milliseconds, never backwards.
 */
export const createBuckets = (remembered: number, now: () => number) => {
  const buckets = new Map<string, { level: number; at: number }>()

  const bucketOf = (name: string, { burst, perSecond }: Size) => {
    const at = now()
    const found = buckets.get(name)
    // Without an end there is nothing to count, and Infinity × 0 is no number.
    if (!found || burst === Number.POSITIVE_INFINITY) return { level: burst, at }
    return { level: Math.min(burst, found.level + ((at - found.at) / 1_000) * perSecond), at }
  }
  const keep = (name: string, bucket: { level: number; at: number }): void => {
    buckets.delete(name)
    buckets.set(name, bucket)
    if (buckets.size <= remembered) return
    for (const oldest of buckets.keys()) return void buckets.delete(oldest)
  }
  const balance = (level: number, needed: number, { perSecond }: Size): Balance => {
    const missing = Math.max(0, needed - level)
    return {
      ok: missing === 0,
      available: Math.floor(level),
      waitMs: missing === 0 ? 0 : Math.ceil((missing / perSecond) * 1_000),
    }
  }
  return {
    /** Takes points, or takes none and says how long to wait. */
    take: (name: string, size: Size, points: number): Balance => {
      const bucket = bucketOf(name, size)
      const asked = balance(bucket.level, points, size)
      if (asked.ok) bucket.level -= points
      keep(name, bucket)
      return { ...asked, available: Math.floor(bucket.level) }
    },
    /** Takes points that may not be there: what happens anyway is paid later. Says how long until nothing is owed. */
    owe: (name: string, size: Size, points: number): Balance => {
      const bucket = bucketOf(name, size)
      bucket.level -= points
      keep(name, bucket)
      return balance(bucket.level, 0, size)
    },
  }
}
