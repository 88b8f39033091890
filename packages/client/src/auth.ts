/** An access token; with the time when it ends it is renewed before, not after it was refused. */
export type AccessToken = string | { readonly token: string; readonly expiresAt: string | number | Date }

/** Who asks. */
export interface Auth {
  /** The access token of now; nothing for a guest. Asked before every attempt. */
  readonly get: () => AccessToken | undefined | Promise<AccessToken | undefined>
  /** Makes `get` give another token, or none when the session is over. Called once for all requests that need it. */
  readonly refresh?: () => Promise<unknown>
}

/** The tokens that requests are sent with. */
export interface Tokens {
  /** The token to send; renewed first when it is about to end. */
  readonly current: () => Promise<string | undefined>
  /** After `refused` was refused: true when there is another one to try with. Rejects as `refresh` does. */
  readonly renewed: (refused: string | undefined) => Promise<boolean>
}

/** A token that ends within this time is renewed first: a request takes a while, and clocks differ. */
const AHEAD_MS = 10_000

const textOf = (token: AccessToken | undefined): string | undefined =>
  typeof token === 'object' ? token.token : token

const isEnding = (token: AccessToken | undefined): boolean =>
  typeof token === 'object' && new Date(token.expiresAt).getTime() < Date.now() + AHEAD_MS

/** Renews tokens, once at a time. */
export const createTokens = (auth: Auth | undefined): Tokens => {
  let running: Promise<unknown> | undefined
  const get = async (): Promise<AccessToken | undefined> => {
    await running
    return auth?.get()
  }
  const renew = async (refresh: () => Promise<unknown>): Promise<string | undefined> => {
    running ??= refresh().finally(() => (running = undefined))
    return textOf(await get())
  }
  return {
    current: async () => {
      const token = await get()
      return auth?.refresh && isEnding(token) ? renew(auth.refresh) : textOf(token)
    },
    renewed: async (refused) => {
      if (!auth?.refresh || refused === undefined) return false
      const now = textOf(await get())
      // Another request, or another window, was faster.
      const next = now === refused ? await renew(auth.refresh) : now
      return next !== undefined && next !== refused
    },
  }
}
