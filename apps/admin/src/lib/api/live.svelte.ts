import { createClient, type Client } from 'graphql-ws/client'
import { getLocale } from '#lib/paraglide/runtime.js'
import type { TadaDocumentNode } from './graphql.ts'
import { refreshSoon } from './refresh-soon.ts'
import { textOf } from './request.ts'

/** What a subscription document answers: its root field is named `change`, and says where to resume. */
interface Change {
  readonly change: { readonly eventId: string }
}

interface Follower<Result> {
  readonly onChange: (result: Result) => void
  /**
   * Called when following has begun and no position to resume from is known: what changed since the page was read may
   * have been missed, so read everything again.
   */
  readonly onGap: () => void
}

/** `off` is final until the page is loaded anew: the server will not have this session. */
export type LiveStatus = 'connecting' | 'live' | 'reconnecting' | 'off'

const PING_EVERY_MS = 15_000
const PONG_WITHIN_MS = 5_000
const LONGEST_WAIT_MS = 10_000
const RESUBSCRIBE_AFTER_MS = 2_000
const LONGEST_RESUBSCRIBE_MS = 60_000

const wait = (attempt: number): Promise<void> => {
  const longest = Math.min(LONGEST_WAIT_MS, 250 * 2 ** attempt)
  return new Promise((resolve) => {
    const go = (): void => {
      clearTimeout(timer)
      window.removeEventListener('online', go)
      resolve()
    }
    const timer = setTimeout(go, longest / 2 + (Math.random() * longest) / 2)
    window.addEventListener('online', go)
  })
}

const hasCode = (errors: unknown, code: string): boolean =>
  Array.isArray(errors) &&
  errors.some((error: { extensions?: { code?: unknown } }) => error.extensions?.code === code)

/** The tab's one socket to the API. */
class Live {
  status = $state<LiveStatus>('connecting')
  #client: Client | undefined
  /** What to do when the server says that a subscription has begun, by its id. */
  #begun = new Map<string, () => void>()
  #ids = new WeakMap<object, string>()
  #lastId = 0

  /**
   * Follows a subscription until the returned function is called, through cuts, from where it was cut. An effect that
   * calls this may depend on plain values only: one that runs anew after each reading of the page never comes to rest.
   */
  follow<Result extends Change, Variables>(
    document: TadaDocumentNode<Result, Variables>,
    variables: Omit<NoInfer<Variables>, 'after'>,
    { onChange, onGap }: Follower<Result>,
  ): () => void {
    const client = (this.#client ??= this.#open())
    let after: string | undefined
    let stopped = false
    let pauseMs = RESUBSCRIBE_AFTER_MS
    let stop = (): void => {}
    const again = (): void => {
      if (stopped || this.status === 'off') return
      setTimeout(start, pauseMs)
      pauseMs = Math.min(LONGEST_RESUBSCRIBE_MS, pauseMs * 2)
    }
    const start = (): void => {
      if (stopped) return
      const payload = {
        query: textOf(document as never),
        // Read anew at each connection, so that a subscription goes on after the last change that arrived.
        get variables() {
          return { ...variables, after }
        },
      }
      const id = String((this.#lastId += 1))
      this.#ids.set(payload, id)
      this.#begun.set(id, () => {
        if (!after) onGap()
      })
      const end = client.subscribe<Result>(payload, {
        next: ({ data, errors }) => {
          // Whoever is signed out, or may do something else now, reads the page again: it sends them where they belong.
          if (hasCode(errors, 'UNAUTHENTICATED')) refreshSoon()
          if (!data) return
          pauseMs = RESUBSCRIBE_AFTER_MS
          after = data.change.eventId
          onChange(data)
        },
        error: (reason) => {
          this.#begun.delete(id)
          // Asking again would not help.
          if (hasCode(reason, 'FORBIDDEN')) return
          // The position may be unknown to the server: begin again from now.
          after = undefined
          again()
        },
        complete: () => {
          this.#begun.delete(id)
          again()
        },
      })
      stop = () => {
        this.#begun.delete(id)
        end()
      }
    }
    start()
    return () => {
      stopped = true
      stop()
    }
  }

  /** Opens the socket if it is not open yet. */
  open(): void {
    this.#client ??= this.#open()
  }

  #open(): Client {
    let pong: ReturnType<typeof setTimeout> | undefined
    const client = createClient({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
      lazy: false,
      generateID: (payload) => this.#ids.get(payload)!,
      connectionParams: () => ({ acceptLanguage: getLocale() }),
      keepAlive: PING_EVERY_MS,
      retryAttempts: Number.POSITIVE_INFINITY,
      retryWait: wait,
      shouldRetry: () => true,
      onNonLazyError: () => (this.status = 'off'),
      on: {
        connecting: (isRetry) => (this.status = isRetry ? 'reconnecting' : 'connecting'),
        connected: () => (this.status = 'live'),
        closed: () => (this.status = 'reconnecting'),
        // A sleeping laptop or a lost network leaves a socket that looks open and never speaks again.
        ping: (received, payload) => {
          if (!received) pong = setTimeout(() => client.terminate(), PONG_WITHIN_MS)
          else this.#begun.get(String(payload?.['opened']))?.()
        },
        pong: (received) => {
          if (received) clearTimeout(pong)
        },
      },
    })
    return client
  }
}

/** The tab's live connection; use it in the browser only. */
export const live = new Live()
