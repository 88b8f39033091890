import { type Actor, may, mayIn, type Permission, type Place } from '@hilo/kernel'
import { createContext } from 'svelte'
import { explain } from '#lib/api/explain.ts'
import type { Refusal } from '#lib/api/refusal.ts'
import { type Write, writer } from '#lib/api/write.ts'
import type { Toasts } from '#lib/ui/toasts.svelte.ts'

const TICK_MS = 30_000

/** Says whether somebody may do something: somewhere, or in a channel or at a location by its id. */
export type May = (permission: Permission, place?: Place) => boolean

interface DeskOptions {
  readonly actor: () => Actor
  readonly timeZone: () => string
  readonly languages: () => readonly string[]
  readonly now: number
  readonly toasts: Toasts
}

/** What every page of a signed-in person shares: the clock, the time zone, what they may do, and how to write. */
export class Desk {
  /** Epoch milliseconds, moving on while the page is open; the same on the server and in the first render. */
  now = $state(0)
  readonly toasts: Toasts
  readonly #options: DeskOptions

  constructor(options: DeskOptions) {
    this.#options = options
    this.now = options.now
    this.toasts = options.toasts
  }

  get timeZone(): string {
    return this.#options.timeZone()
  }

  /** The languages that the shop writes in (BCP 47), the one that all others fall back to first. */
  get languages(): readonly string[] {
    return this.#options.languages()
  }

  readonly may: May = (permission, place) =>
    place ? mayIn(this.#options.actor(), permission, place) : may(this.#options.actor(), permission)

  /** A writer of its own for each page; browser only. */
  writer(): Write {
    return writer((input, init) => fetch(input, init))
  }

  /**
   * Runs a change and says what is done, or why not when it was refused or got no answer; answers the payload of one
   * that happened.
   */
  async attempt<Payload extends { readonly userErrors: readonly Refusal[] }>(
    change: () => Promise<Payload>,
    done?: string,
  ): Promise<Payload | undefined> {
    try {
      const payload = await change()
      if (!payload.userErrors[0]) {
        if (done) this.toasts.good(done)
        return payload
      }
      this.toasts.bad(payload.userErrors[0].message)
    } catch (cause) {
      this.toasts.bad(explain(cause))
    }
    return undefined
  }

  /** Moves the clock until the returned function is called. */
  tick(): () => void {
    this.now = Date.now()
    const timer = setInterval(() => (this.now = Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }
}

/** The desk of the page, set by the layout. */
export const [useDesk, setDesk] = createContext<Desk>()
