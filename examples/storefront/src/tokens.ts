import { createClient } from '@hilo/client'
import { remembered } from './remembered.ts'
import { CustomerTokenRefresh } from './session-documents.ts'

/** Where the shop's API is. */
export const API: string = import.meta.env['VITE_API_URL'] ?? 'http://localhost:4000'

/** What proves who is signed in, and how to go on proving it. */
interface Tokens {
  readonly token: string
  readonly refreshToken: string
  readonly expiresAt: string
}

/** What the shop gives who signs in or refreshes. */
type Given = { readonly [Name in keyof Tokens]: string | null }

const kept = remembered('hilo-session')
const changes: (() => void)[] = []

/** The tokens of all windows of this shop. */
export const tokens = {
  get: (): Tokens | undefined => JSON.parse(kept.get() ?? 'null') ?? undefined,
  set: (given: Given | undefined): void => {
    const { token, refreshToken, expiresAt } = given ?? {}
    kept.set(token ? JSON.stringify({ token, refreshToken, expiresAt }) : undefined)
    for (const change of changes) change()
  },
  /** Calls when somebody has signed in, signed out, or cannot go on, in whatever window. */
  onChange: (change: () => void): void => {
    changes.push(change)
    kept.onChange(change)
  },
}

const guest = createClient({ url: `${API}/graphql` })

/** Trades the refresh token for the next ones; two windows at once get the same. */
export const refresh = async (): Promise<void> => {
  const refreshToken = tokens.get()?.refreshToken
  if (!refreshToken) return
  const next = await guest.mutate(CustomerTokenRefresh, { input: { refreshToken } })
  tokens.set(next.ok ? next.value : undefined)
}
