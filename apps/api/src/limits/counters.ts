/**
 * Counts what is open by the name of who holds it. `open` gives how to close it again, once, or nothing when the limit is
 * reached. Holds no more names than there are open things.
 */
export const createCounter = () => {
  const counts = new Map<string, number>()
  return {
    open: (name: string, limit: number): (() => void) | undefined => {
      const count = counts.get(name) ?? 0
      if (count >= limit) return undefined
      counts.set(name, count + 1)
      let isOpen = true
      return () => {
        if (!isOpen) return
        isOpen = false
        const left = (counts.get(name) ?? 1) - 1
        if (left > 0) counts.set(name, left)
        else counts.delete(name)
      }
    },
  }
}
