import { createContext } from 'svelte'
import { type Write, writer } from '#lib/api/write.ts'
import type { Toasts } from '#lib/ui/toasts.svelte.ts'

const TICK_MS = 30_000

/** What a member of staff may be allowed to do here. */
export type Permission =
  | 'catalog:write'
  | 'prices:write'
  | 'promotions:write'
  | 'stock:write'
  | 'customers:read'
  | 'orders:read'
  | 'orders:write'
  | 'devices:read'
  | 'devices:write'
  | 'webhooks:write'
  | 'audit:read'

interface DeskOptions {
  readonly permissions: () => readonly string[]
  readonly timeZone: () => string
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

  may(permission: Permission): boolean {
    return this.#options.permissions().includes(permission)
  }

  /** A writer of its own for each page; browser only. */
  writer(): Write {
    return writer((input, init) => fetch(input, init))
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
