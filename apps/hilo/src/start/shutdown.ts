import type { Logger } from 'pino'
import { endProcess } from '../end-process.ts'

/** Something to close, in words for the log. */
interface Closer {
  readonly name: string
  readonly close: () => Promise<void> | void
}

/** Longest time that closing may take before the process ends anyway. */
const GRACE_MS = 15_000
/**
 * A Ctrl-C reaches the whole group of the terminal, and npm passes its own on to us: what comes so soon after the first
 * is the same key.
 */
const SAME_KEY_MS = 800

/** Collects what was started and closes it in the opposite order: the newest may stand on the older. */
export class Shutdown {
  readonly #closers: Closer[] = []
  readonly #logger: Logger
  readonly #stopping = new AbortController()
  #starting: Promise<void> = Promise.resolve()
  #closing: Promise<void> | undefined
  #signalledAt: number | undefined

  constructor(logger: Logger) {
    this.#logger = logger
  }

  /** Aborts when closing begins. */
  get signal(): AbortSignal {
    return this.#stopping.signal
  }

  get isClosing(): boolean {
    return this.signal.aborted
  }

  /** Remembers how to close something. Throws when closing has begun: what comes next would be in vain. */
  add(name: string, close: Closer['close']): void {
    this.#closers.push({ name, close })
    this.signal.throwIfAborted()
  }

  /** Runs the start. When it fails everything is closed before it throws; false when a signal cut it short. */
  async watch(start: () => Promise<void>): Promise<boolean> {
    this.#starting = start()
    try {
      await this.#starting
      return true
    } catch (error) {
      if (this.#signalledAt !== undefined) return false
      await this.close()
      throw error
    }
  }

  /** Waits for something that may never come once closing has begun; throws then. */
  async unlessClosing<T>(promise: Promise<T>): Promise<T> {
    const { signal } = this
    const closing = Promise.withResolvers<never>()
    const end = (): void => closing.reject(signal.reason)
    signal.addEventListener('abort', end, { once: true })
    try {
      signal.throwIfAborted()
      return await Promise.race([promise, closing.promise])
    } finally {
      signal.removeEventListener('abort', end)
    }
  }

  /** Ends the process, closing what still can be closed: something that it cannot work without has ended by itself. */
  fail(reason: string): void {
    if (this.isClosing) return
    this.#logger.fatal(reason)
    process.stderr.write(`\n${reason} Nothing works without it: start again.\n`)
    setTimeout(() => process.exit(1), GRACE_MS).unref()
    void this.close().then(() => endProcess(1))
  }

  /** Closes everything once; a second call waits for the first. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll()
    return this.#closing
  }

  async #closeAll(): Promise<void> {
    this.#stopping.abort()
    await this.#closeAdded()
    // A start that was cut short may have begun one more thing.
    await this.#starting.catch(() => undefined)
    await this.#closeAdded()
  }

  async #closeAdded(): Promise<void> {
    for (let last = this.#closers.pop(); last; last = this.#closers.pop()) {
      try {
        await last.close()
      } catch (error) {
        this.#logger.error({ err: error }, `${last.name} did not close cleanly`)
      }
    }
  }

  /** Closes on Ctrl-C and on a polite kill; a second Ctrl-C, or a close that hangs, ends the process at once. */
  onSignals(say: (line: string) => void): void {
    const stop = (signal: NodeJS.Signals): void => {
      if (this.#signalledAt !== undefined) {
        if (performance.now() - this.#signalledAt < SAME_KEY_MS) return
        process.exit(signal === 'SIGINT' ? 130 : 143)
      }
      this.#signalledAt = performance.now()
      say('\nStopping …')
      this.#logger.info({ signal }, 'stopping')
      setTimeout(() => process.exit(1), GRACE_MS).unref()
      void this.close().then(() => {
        this.#logger.info('stopped')
        say('Stopped.')
        return endProcess(0)
      })
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
    process.on('SIGHUP', stop)
  }
}
