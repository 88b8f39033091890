import type { FullExecutor } from '../executor.ts'
import type { PlacedEvent } from './event.ts'
import type { Position } from './position.ts'
import { readTail } from './read-events.ts'

const BATCH = 500
const FIRST_RECHECK_MS = 2
const LONGEST_RECHECK_MS = 100
const AFTER_ERROR_MS = 1_000

interface LogListener {
  readonly onEvents: (events: readonly PlacedEvent[]) => void
  readonly onError: (error: unknown) => void
}

/** Reads the log forward from a place, batch by batch, whenever it is woken; one read at a time. */
export const logReader = (db: FullExecutor, from: Position, { onEvents, onError }: LogListener) => {
  let place = from
  let reading: Promise<void> | undefined
  let wokenMeanwhile = false
  let recheck = FIRST_RECHECK_MS
  let timer: NodeJS.Timeout | undefined
  const closing = new AbortController()

  const later = (milliseconds: number): void => {
    clearTimeout(timer)
    timer = setTimeout(wake, milliseconds)
    timer.unref()
  }

  const readOn = async (): Promise<void> => {
    do {
      wokenMeanwhile = false
      const { events, waiting } = await readTail(db, { from: place, limit: BATCH })
      const last = events.at(-1)
      if (last) {
        place = last.place
        recheck = FIRST_RECHECK_MS
        if (!closing.signal.aborted) onEvents(events)
      }
      if (events.length === BATCH) wokenMeanwhile = true
      else if (waiting) {
        later(recheck)
        recheck = Math.min(recheck * 2, LONGEST_RECHECK_MS)
      }
    } while (wokenMeanwhile && !closing.signal.aborted)
  }

  const wake = (): void => {
    if (closing.signal.aborted) return
    if (reading) {
      wokenMeanwhile = true
      return
    }
    reading = readOn()
      .catch((error: unknown) => {
        if (closing.signal.aborted) return
        onError(error)
        later(AFTER_ERROR_MS)
      })
      .finally(() => {
        reading = undefined
        if (wokenMeanwhile) wake()
      })
  }

  return {
    wake,
    place: () => place,
    close: async () => {
      closing.abort()
      clearTimeout(timer)
      await reading
    },
  }
}
