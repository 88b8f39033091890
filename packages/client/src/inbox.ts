import { NetworkError } from './errors.ts'

/** What has come and was not read yet. */
export interface Inbox<T> {
  readonly put: (item: T) => void
  /** Nothing more comes: the reader ends, or fails, once it has read the rest. */
  readonly end: (error?: Error) => void
  readonly read: () => AsyncGenerator<T>
}

/** How many answers wait for a slow reader; then the subscription is cut, and resumes where the reader is. */
const LIMIT = 1_000

/** A queue between a socket, which cannot wait, and one reader. */
export const createInbox = <T>(): Inbox<T> => {
  let items: T[] = []
  let over: { readonly error: Error | undefined } | undefined
  let wake = (): void => {}
  const end = (error?: Error): void => {
    over ??= { error }
    wake()
  }
  return {
    put: (item) => {
      if (over) return
      items.push(item)
      if (items.length > LIMIT) end(new NetworkError('UNAVAILABLE', 'Read too slowly', { retryable: true }))
      else wake()
    },
    end,
    async *read() {
      while (true) {
        const batch = items
        items = []
        yield* batch
        if (items.length > 0) continue
        if (over?.error) throw over.error
        if (over) return
        await new Promise<void>((resolve) => (wake = resolve))
      }
    },
  }
}
