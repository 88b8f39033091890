import type { Logger } from 'pino'

/** Something to close, in words for the log. */
interface Closer {
  readonly name: string
  readonly close: () => Promise<void> | void
}

/** Longest time that closing may take before the process ends anyway. */
const GRACE_MS = 15_000

/** Collects what was started and closes it in the opposite order: the newest may stand on the older. */
export class Shutdown {
  readonly #closers: Closer[] = []
  readonly #logger: Logger
  #closing: Promise<void> | undefined

  constructor(logger: Logger) {
    this.#logger = logger
  }

  get isClosing(): boolean {
    return this.#closing !== undefined
  }

  add(name: string, close: Closer['close']): void {
    this.#closers.push({ name, close })
  }

  /** Closes everything once; a second call waits for the first. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll()
    return this.#closing
  }

  async #closeAll(): Promise<void> {
    for (const { name, close } of this.#closers.toReversed()) {
      try {
        await close()
      } catch (error) {
        this.#logger.error({ err: error }, `${name} did not close cleanly`)
      }
    }
  }

  /** Closes on Ctrl-C and on a polite kill; a second Ctrl-C, or a close that hangs, ends the process at once. */
  onSignals(say: (line: string) => void): void {
    const stop = (signal: NodeJS.Signals): void => {
      if (this.#closing) process.exit(signal === 'SIGINT' ? 130 : 143)
      say('\nStopping …')
      setTimeout(() => process.exit(1), GRACE_MS).unref()
      void this.close().then(() => {
        say('Stopped.')
        process.exit(0)
      })
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
    process.on('SIGHUP', stop)
  }
}
