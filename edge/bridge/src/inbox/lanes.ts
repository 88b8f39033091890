import { delayAfter, pause, type Backoff } from '@hilo/client'
import { createSlots } from '../slots.ts'
import type { InboxMessage } from './inbox.ts'

/** What to do with a message that could not be handled. */
export type Verdict = 'again' | 'give up'

interface LaneOptions {
  readonly next: (device: string) => InboxMessage | undefined
  /** Handles one message to the end, or throws. */
  readonly handle: (message: InboxMessage) => Promise<void>
  /** Judges a failure, after having noted it. */
  readonly onFailure: (message: InboxMessage, error: unknown) => Verdict
  /** Devices served at the same time. */
  readonly width: number
  readonly backoff: Backoff
  readonly signal: AbortSignal
}

/** The pause after a failure that could not be noted, in milliseconds. */
const LEAST_MS = 50

/** Works through the inbox: the messages of a device one after the other, those of different devices side by side. */
export const createLanes = ({ next, handle, onFailure, width, backoff, signal }: LaneOptions) => {
  const running = new Map<string, Promise<void>>()
  const { take, give } = createSlots(width)

  /** How long to wait after a failure, which cannot even be noted when the disk is full. */
  const judge = (message: InboxMessage, error: unknown): number => {
    const wait = delayAfter(message.attempts + 1, backoff)
    try {
      return onFailure(message, error) === 'again' ? wait : 0
    } catch {
      return Math.max(LEAST_MS, wait)
    }
  }

  /** One attempt; gives how long to wait before the next, in milliseconds. */
  const attempt = async (message: InboxMessage): Promise<number> => {
    await take()
    try {
      if (!signal.aborted) await handle(message)
      return 0
    } catch (error) {
      if (signal.aborted) return 0
      return judge(message, error)
    } finally {
      give()
    }
  }

  const run = async (device: string): Promise<void> => {
    try {
      for (let message = next(device); message && !signal.aborted; message = next(device)) {
        const wait = await attempt(message)
        if (wait > 0) await pause(wait, signal)
      }
    } finally {
      // In the same turn as the last `next`: a message that comes later wakes the device anew.
      running.delete(device)
    }
  }

  return {
    /** Sees to it that the messages of a device are being handled. */
    wake: (device: string): void => {
      if (running.has(device) || signal.aborted) return
      running.set(
        device,
        Promise.resolve().then(() => run(device)),
      )
    },
    /** Resolves when nothing is in hand any more; after the signal, that is soon. */
    idle: async (): Promise<void> => {
      await Promise.allSettled(running.values())
    },
  }
}
