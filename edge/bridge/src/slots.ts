/** A number of places: who finds none waits for its turn. */
export const createSlots = (count: number) => {
  const queue: (() => void)[] = []
  let free = count
  return {
    take: (): Promise<void> => {
      if (free <= 0) return new Promise((resolve) => void queue.push(resolve))
      free -= 1
      return Promise.resolve()
    },
    give: (): void => {
      const waiting = queue.shift()
      if (waiting) waiting()
      else free += 1
    },
  }
}
