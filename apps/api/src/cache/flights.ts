/** Keys that are remembered as those of public answers. */
const REMEMBERED = 10_000

/**
 * Lets equal requests wait for the first of them, where it is known from before that its answer may be kept: what is
 * not known waits for nobody, so mutations and private queries never stand in a line.
 */
export const createFlights = () => {
  const known = new Set<string>()
  const flights = new Map<string, Promise<void>>()
  return {
    /** The request to wait for, once; afterwards look into the store, and if a change overtook it, go yourself. */
    of: (key: string): Promise<void> | undefined => flights.get(key),
    /** An answer to this was kept. */
    learn: (key: string): void => {
      known.add(key)
      if (known.size > REMEMBERED) known.delete(known.values().next().value!)
    },
    /** Goes first, where nobody does; call the function when its answer is kept, or will not be. */
    begin: (key: string): (() => void) => {
      if (!known.has(key) || flights.has(key)) return () => undefined
      const { promise, resolve } = Promise.withResolvers<void>()
      flights.set(key, promise)
      return () => {
        if (flights.get(key) === promise) flights.delete(key)
        resolve()
      }
    },
  }
}
