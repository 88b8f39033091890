import { setTimeout as delay } from 'node:timers/promises'

interface Pace<Item> {
  /** Pays for an item; gives the milliseconds to wait before the next one. */
  readonly charge: () => number
  readonly mark: (item: Item) => Item
  /** Called once, however it ends. */
  readonly onEnd: () => void
  /** Milliseconds within which somebody must begin to read. */
  readonly beginsWithin?: number
}

/** A listener that went before its answer began is told of to nobody: it counts as gone after so long. */
const BEGINS_WITHIN_MS = 30_000

/** The items of a stream, each paid for; the next is asked for only when nothing is owed, so nothing piles up here. */
export const paced = <Item>(
  items: AsyncIterableIterator<Item>,
  { charge, mark, onEnd, beginsWithin = BEGINS_WITHIN_MS }: Pace<Item>,
): AsyncIterableIterator<Item> => {
  const ended = new AbortController()
  let waitMs = 0
  const end = (): void => {
    if (ended.signal.aborted) return
    clearTimeout(begins)
    ended.abort()
    onEnd()
  }
  const begins = setTimeout(() => {
    end()
    void items.return?.()
  }, beginsWithin).unref()
  const iterator: AsyncIterableIterator<Item> = {
    next: async () => {
      clearTimeout(begins)
      if (waitMs > 0)
        await delay(waitMs, undefined, { signal: ended.signal, ref: false }).catch(() => undefined)
      if (ended.signal.aborted) return { done: true, value: undefined }
      const step = await items.next().catch((error: unknown) => {
        end()
        throw error
      })
      if (step.done) {
        end()
        return step
      }
      waitMs = charge()
      return { done: false, value: mark(step.value) }
    },
    return: async () => {
      end()
      return (await items.return?.()) ?? { done: true, value: undefined }
    },
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}
