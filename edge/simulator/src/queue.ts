/** Values that come when they come, taken one after the other. */
export const createQueue = <T>() => {
  const values: T[] = []
  const takers: ((value: T) => void)[] = []
  return {
    add: (value: T) => {
      const taker = takers.shift()
      if (taker) taker(value)
      else values.push(value)
    },
    /** The oldest value that was not taken yet, or the next to come. */
    next: (): Promise<T> =>
      values.length > 0
        ? Promise.resolve(values.shift()!)
        : new Promise((resolve) => void takers.push(resolve)),
  }
}
